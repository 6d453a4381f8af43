import { configurationFingerprint } from '../connections/connection';
import { aConnection, FakePolicyFacts, type SaidFacts } from '../testing';
import { startingPolicy } from '../tenants/sign-in-policy';
import { checkGuard, refuseUnready } from './guard';

const at = new Date('2026-11-21T12:00:00Z');
const blank = aConnection();
const passed = { fingerprint: configurationFingerprint(blank), at, email: 'ada@acme.example' };
const tested = aConnection({ test: passed });

const ready: SaidFacts = {
  connections: [tested],
  proven: ['owner'],
  asking: { ses_1: { role: 'admin', connectionId: tested.id } },
};

async function unmet(
  facts: SaidFacts,
  session: 'ses_1' | undefined = 'ses_1',
  breakGlass = startingPolicy.breakGlass,
) {
  const checks = await checkGuard(new FakePolicyFacts(facts), { breakGlass }, session, at);
  return checks.filter(({ met }) => !met).map(({ condition }) => condition);
}

describe('what must be true before single sign-on is required', () => {
  it('is true for an admin who came in through a tested connection, with a proven way in [ENF-2] [ENF-12]', async () => {
    await expect(unmet(ready)).resolves.toEqual([]);
  });

  it.each<[string, SaidFacts, string]>([
    ['a connection that is on', { connections: [] }, 'tested-connection'],
    ['a passed test', { connections: [blank] }, 'tested-connection'],
    [
      'a test of exactly what serves now',
      { connections: [aConnection({ test: { ...passed, fingerprint: 'another' } })] },
      'tested-connection',
    ],
    ['a session at all', { asking: {} }, 'signed-in-by-sso'],
    ['a session that single sign-on opened', { asking: { ses_1: { role: 'owner' } } }, 'signed-in-by-sso'],
    [
      'a session through a connection that is still on',
      { asking: { ses_1: { role: 'owner', connectionId: 'conn_gone' } } },
      'signed-in-by-sso',
    ],
    [
      'a session of somebody who administers the tenant',
      { asking: { ses_1: { role: 'member', connectionId: tested.id } } },
      'signed-in-by-sso',
    ],
    ['an entitlement', { ssoEntitled: false }, 'entitled'],
    ['a proven way in for emergencies', { proven: ['member'] }, 'break-glass-proven'],
  ])('needs %s [ENF-2] [ENF-12] [TEN-9]', async (_, missing, condition) => {
    await expect(unmet({ ...ready, ...missing })).resolves.toContain(condition);
  });

  it('is out of reach of the operator’s key and of programs, which have no session [ENF-2]', async () => {
    const checks = await checkGuard(new FakePolicyFacts(ready), startingPolicy, undefined, at);
    expect(() => refuseUnready(checks)).toThrow(
      expect.objectContaining({
        code: 'required_not_ready',
        details: expect.objectContaining({
          unmet: [expect.objectContaining({ condition: 'signed-in-by-sso' })],
        }),
      }),
    );
  });

  it('counts an admin’s way in only where admins keep one [ENF-12] [ENF-4]', async () => {
    const facts = { ...ready, proven: ['admin'] } as const;
    await expect(unmet(facts)).resolves.toEqual(['break-glass-proven']);
    await expect(unmet(facts, 'ses_1', 'owner-and-admin')).resolves.toEqual([]);
  });
});
