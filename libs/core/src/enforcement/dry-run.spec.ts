import { FakePolicyFacts } from '../testing';
import type { DryRun } from '../tenants/sign-in-policy';
import type { AccessMethod } from './decide-access';
import { runDryRun, stopDryRun, wouldBeRefused } from './dry-run';

const now = new Date('2026-11-21T12:00:00Z');
const actor = { kind: 'member', id: 'mem_1' } as const;
const days = (count: number) => new Date(now.getTime() + count * 86_400_000);
const running: DryRun = { since: days(-1), until: days(1) };

function tenantWith(dryRun?: DryRun) {
  return new FakePolicyFacts({ policy: { sso: 'optional', ...(dryRun && { dryRun }) } }).tenant;
}

function asked(method: AccessMethod, dryRun?: DryRun, role: 'member' | 'owner' = 'member') {
  return wouldBeRefused({ tenant: tenantWith(dryRun), member: { role, sso: 'inherit' }, method, now });
}

describe('a dry run', () => {
  it('names the rule by which "required" would have refused a password [ENF-10]', () => {
    expect(asked('password', running)).toBe('sso-required');
    expect(asked('passkey', running)).toBe('sso-required');
  });

  it('counts nobody who comes by single sign-on or keeps a way in, and nobody outside its days [ENF-10]', () => {
    expect(asked('sso', running)).toBeUndefined();
    expect(asked('password', running, 'owner')).toBeUndefined();
    expect(asked('password')).toBeUndefined();
    expect(asked('password', { since: days(-2), until: now })).toBeUndefined();
    expect(asked('password', { since: days(1), until: days(2) })).toBeUndefined();
  });

  it('lasts as many days as it is given, ninety at most [ENF-10]', () => {
    expect(runDryRun(tenantWith(), 14, actor, now)).toMatchObject({
      policy: { sso: 'optional', dryRun: { since: now, until: days(14) } },
      because: { type: 'policy.dry_run_started' },
    });
    for (const wrong of [0, 91, 1.5])
      expect(() => runDryRun(tenantWith(), wrong, actor, now)).toThrow(
        expect.objectContaining({ code: 'validation_failed' }),
      );
  });

  it('keeps the days that it ran when it is stopped, and is not stopped twice [ENF-10]', () => {
    expect(stopDryRun(tenantWith(running), actor, now)).toMatchObject({
      policy: { dryRun: { since: running.since, until: now } },
    });
    expect(stopDryRun(tenantWith({ since: days(-3), until: days(-1) }), actor, now)).toBe('unchanged');
    expect(stopDryRun(tenantWith(), actor, now)).toBe('unchanged');
  });
});
