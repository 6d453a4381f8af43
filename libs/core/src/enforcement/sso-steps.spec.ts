import { configurationFingerprint, type Connection } from '../connections/connection';
import { startingPolicy, type SsoMode } from '../tenants/sign-in-policy';
import { aConnection } from '../testing/builders';
import { ssoProgress } from './sso-steps';

const idp = { entityId: 'idp', sso: [], slo: [], certificates: [], wantsSignedRequests: false };

function off(changes: Partial<Connection> = {}): Connection {
  const { enabledAt: _, ...rest } = aConnection(changes);
  return rest;
}

const draft = off();
const configured = off({ idp });
const tested = off({
  idp,
  test: { fingerprint: configurationFingerprint(configured), at: draft.createdAt, email: 'a@acme.example' },
});
const enabled = aConnection({ idp });

function progress(sso: SsoMode, connections: readonly Connection[], membersOnSso = 0, ssoEntitled = true) {
  const tenant = { policy: { ...startingPolicy, sso }, ssoEntitled };
  const { steps, next, undo } = ssoProgress({ tenant, connections, membersOnSso });
  return { done: steps.filter(({ done }) => done).map(({ step }) => step), next, undo };
}

describe('the way to single sign-on', () => {
  it('has three steps, one after the other [TEN-10]', () => {
    const nothing = { done: [], next: 'connection', undo: undefined };
    expect(progress('off', [])).toEqual(nothing);
    expect(progress('off', [draft, configured])).toEqual(nothing);
    expect(progress('off', [draft, tested])).toEqual({
      done: ['connection'],
      next: 'tenant',
      undo: 'connection',
    });
    const on = { done: ['connection', 'tenant'], next: 'people', undo: 'tenant' };
    expect(progress('optional', [enabled])).toEqual(on);
    const all = { done: ['connection', 'tenant', 'people'], next: undefined, undo: 'people' };
    expect(progress('optional', [enabled], 1)).toEqual(all);
    expect(progress('required', [enabled])).toEqual(all);
  });

  it('is as far as it was when an entitlement ends [TEN-9]', () => {
    expect(progress('required', [enabled], 3, false)).toEqual(progress('required', [enabled], 3));
  });

  it('says of each step what does it, and what takes it back [TEN-10]', () => {
    const tenant = { policy: { ...startingPolicy, sso: 'optional' }, ssoEntitled: true } as const;
    const { steps } = ssoProgress({ tenant, connections: [enabled], membersOnSso: 0 });
    expect(steps.map(({ step, done, todo }) => [step, done, todo])).toEqual([
      ['connection', true, 'Add an identity provider and pass a test sign-in as an owner or admin.'],
      ['tenant', true, 'Switch a tested connection on.'],
      ['people', false, 'Require single sign-on, or set it for members one by one.'],
    ]);
    expect(steps.map(({ undo }) => undo)).toEqual([
      'Delete the connections.',
      'Switch the connections off.',
      'Make single sign-on optional, and let all members inherit what the organisation has.',
    ]);
  });
});
