import { AuditLog, type AuditEntry } from '../audit/audit-log';
import type { Happening } from '../audit/happening';
import { BreakGlassStore, type BreakGlassPerson } from '../enforcement/break-glass';
import type { Member } from '../members/member';
import type { SignInPolicy } from '../tenants/sign-in-policy';
import { aMemberPerson, FakePolicyFacts } from '../testing';
import { Drill } from './drill';
import type { LocalProof } from './proof';

const now = new Date('2026-11-21T12:00:00Z');
const actor = { kind: 'person', address: '192.0.2.1' } as const;
const typedAt = new Date('2026-11-21T11:58:00Z');
const whole: LocalProof = { via: 'password', secondFactor: 'recovery-code', authenticatedAt: typedAt };

class HeldProofs extends BreakGlassStore {
  readonly proven: { readonly member: string; readonly at: Date; readonly because: Happening }[] = [];

  async people(): Promise<readonly BreakGlassPerson[]> {
    return [];
  }

  async prove(_tenant: string, member: string, at: Date, because: Happening): Promise<void> {
    this.proven.push({ member, at, because });
  }
}

class HeldAudit extends AuditLog {
  readonly noted: Happening[] = [];

  async record(happening: Happening): Promise<void> {
    this.noted.push(happening);
  }

  async list(): Promise<AuditEntry[]> {
    return [];
  }
}

function person(given: Partial<Member>) {
  return aMemberPerson({ role: 'owner', ...given });
}

function aDrill(policy: Partial<SignInPolicy> = {}) {
  const [store, audit] = [new HeldProofs(), new HeldAudit()];
  const drill = new Drill(store, audit, { now: () => now });
  return { drill, store, audit, tenant: new FakePolicyFacts({ policy }).tenant };
}

describe('the drill of the way in for emergencies', () => {
  it.each(['off', 'optional', 'required'] as const)(
    'can be passed at any time, also while single sign-on is %s [ENF-12]',
    async (sso) => {
      const { drill, store, tenant } = aDrill({ sso });
      await drill.pass(tenant, person({}), whole, actor);
      expect(store.proven).toMatchObject([
        {
          member: 'mem_1',
          at: typedAt,
          because: { type: 'break_glass.drill_passed', at: now, actor, tenantId: 'ten_1' },
        },
      ]);
    },
  );

  it.each<[string, LocalProof]>([
    ['a password alone', { via: 'password', authenticatedAt: now }],
    ['a passkey, which proves no password', { via: 'passkey', authenticatedAt: now }],
  ])('is not passed by %s [ENF-12]', async (_, proof) => {
    const { drill, store, tenant } = aDrill();
    const refused = drill.pass(tenant, person({}), proof, actor);
    await expect(refused).rejects.toMatchObject({ code: 'second_factor_required' });
    expect(store.proven).toEqual([]);
  });

  it.each<[string, Partial<Member>, string]>([
    ['a member', { role: 'member' }, 'not_break_glass'],
    ['an admin', { role: 'admin' }, 'not_break_glass'],
    ['an owner who is suspended', { suspendedAt: now }, 'member_suspended'],
  ])('is nothing for %s [ENF-12] [ENF-4]', async (_, given, code) => {
    const { drill, store, audit, tenant } = aDrill();
    await expect(drill.begin(tenant, person(given), actor)).rejects.toMatchObject({ code });
    await expect(drill.pass(tenant, person(given), whole, actor)).rejects.toMatchObject({ code });
    expect([store.proven, audit.noted]).toEqual([[], []]);
  });

  it('is for admins where the organisation lets them keep a way in, and its beginning is noted [ENF-12]', async () => {
    const { drill, store, audit, tenant } = aDrill({ breakGlass: 'owner-and-admin' });
    await drill.begin(tenant, person({ role: 'admin' }), actor);
    expect(audit.noted).toMatchObject([{ type: 'break_glass.drill_started', subject: 'mem_1' }]);
    await drill.pass(tenant, person({ role: 'admin' }), whole, actor);
    expect(store.proven).toHaveLength(1);
  });
});
