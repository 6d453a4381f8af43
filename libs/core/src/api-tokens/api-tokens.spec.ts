import type { Member, Role } from '../members/member';
import { SystemChance } from '../shared/chance';
import { hashToken } from '../shared/token';
import { RateLimits, type RateVerdict } from '../shared/rate-limits';
import { startingPolicy } from '../tenants/sign-in-policy';
import type { Tenant } from '../tenants/tenant';
import { FakeApiTokenStore } from '../testing';
import { tokenReach, type ApiTokenView } from './api-token';
import { ApiTokens, type WantedToken } from './api-tokens';
import { TokenCallers } from './token-callers';

const day = 24 * 60 * 60 * 1000;
const begin = new Date('2026-03-01T12:00:00Z');
const wanted: WantedToken = { name: 'Nightly report', scopes: ['audit:read'] };

interface Given {
  readonly role?: Role;
  readonly member?: Partial<Member>;
  readonly tenant?: Partial<Tenant>;
}

function someone({ role = 'admin', member, tenant }: Given): Omit<ApiTokenView, 'token'> {
  const ids = { tenantId: 'ten_1', userId: 'user_1' } as const;
  const named = { id: 'ten_1', slug: 'acme', name: 'Acme' } as const;
  const settings = { associateByEmail: false, policy: startingPolicy, ssoEntitled: true };
  return {
    tenant: { ...named, ...settings, createdAt: begin, ...tenant },
    member: { id: 'mem_1', ...ids, role, sso: 'inherit', createdAt: begin, ...member },
    user: { id: 'user_1', email: 'ada@acme.example', createdAt: begin },
  };
}

/** A member's tokens at a time that the test moves. */
function given(asked: Given = {}) {
  const around = someone(asked);
  const clock = { time: begin, now: () => clock.time };
  const limits = new CountingLimits();
  const store = new FakeApiTokenStore(around);
  const tokens = new ApiTokens(store, clock, new SystemChance(), 365);
  const actor = { kind: 'member', id: 'mem_1' } as const;
  const create = (changes: Partial<WantedToken> = {}) =>
    tokens.create(around, { ...wanted, ...changes }, actor);
  return {
    around,
    clock,
    limits,
    store,
    tokens,
    create,
    actor,
    callers: new TokenCallers(store, limits, clock),
  };
}

class CountingLimits extends RateLimits {
  taken: string[] = [];
  verdict: RateVerdict = { kind: 'allowed' };

  async take({ name }: { name: string }, key: string): Promise<RateVerdict> {
    this.taken.push(`${name} ${key}`);
    return this.verdict;
  }

  async giveBack(): Promise<void> {
    this.taken.pop();
  }
}

const refused = (code: string) => expect.objectContaining({ code });

describe('making an API token', () => {
  it('answers its secret, of which only the hash is kept [SES-4] [OPS-6]', async () => {
    const { create, store } = given();
    const { token, secret } = await create();
    expect([...store.hashes]).toEqual([[hashToken(secret), token]]);
    expect(JSON.stringify([...store.hashes, ...store.happenings])).not.toContain(secret);
  });

  it('lasts ninety days unless something else is asked, and a year at most [SES-4]', async () => {
    const { create } = given();
    expect((await create()).token.expiresAt).toEqual(new Date(begin.getTime() + 90 * day));
    expect((await create({ expiresInDays: 365 })).token.expiresAt).toEqual(
      new Date(begin.getTime() + 365 * day),
    );
    await expect(create({ expiresInDays: 366 })).rejects.toEqual(refused('validation_failed'));
  });

  it('lasts no longer than the deployment allows, also where nothing is asked [SES-4]', async () => {
    const { store, clock, around, actor } = given();
    const short = new ApiTokens(store, clock, new SystemChance(), 7);
    const { token } = await short.create(around, wanted, actor);
    expect(token.expiresAt).toEqual(new Date(begin.getTime() + 7 * day));
    await expect(short.create(around, { ...wanted, expiresInDays: 8 }, actor)).rejects.toEqual(
      refused('validation_failed'),
    );
  });

  it('gives no scope that the member does not have, and says which could be given [SES-4] [TEN-3]', async () => {
    const { create, store } = given({ role: 'viewer' });
    const asked = create({ scopes: ['sessions:read', 'audit:read', 'connections:write'] });
    await expect(asked).rejects.toMatchObject({
      code: 'scope_not_grantable',
      details: {
        want: ['sessions:read', 'sessions:write', 'api-tokens:read', 'api-tokens:write'],
        got: ['audit:read', 'connections:write'],
      },
    });
    expect(store.hashes.size).toBe(0);
    await expect(create({ scopes: ['sessions:read', 'sessions:read'] })).resolves.toMatchObject({
      token: { scopes: ['sessions:read'] },
    });
  });

  it('stops at fifty that work [SES-4] [SEC-1]', async () => {
    const { create } = given();
    for (let made = 0; made < 50; made++) await create();
    await expect(create()).rejects.toEqual(refused('conflict'));
  });

  it('is written down with who did it and what it may do [AUD-1]', async () => {
    const { create, store, tokens, actor } = given();
    const { token } = await create();
    await tokens.revoke('ten_1', token.id, undefined, actor);
    const { id: subject, name, scopes, expiresAt, memberId } = token;
    expect(store.happenings).toMatchObject([
      { type: 'api_token.created', subject, actor, after: { name, scopes, expiresAt, memberId } },
      { type: 'api_token.revoked', subject, actor, before: { name, memberId } },
    ]);
  });
});

describe('the API tokens of other members', () => {
  it("are absent for who may see one's own only [SES-4] [SEC-3]", async () => {
    const { create, tokens, actor } = given();
    const { token } = await create();
    await expect(tokens.get('ten_1', token.id, 'mem_2')).rejects.toEqual(refused('not_found'));
    await expect(tokens.revoke('ten_1', token.id, 'mem_2', actor)).rejects.toEqual(refused('not_found'));
    await expect(tokens.get('ten_1', token.id, 'mem_1')).resolves.toEqual({ token });
    await expect(tokens.get('ten_1', token.id, undefined)).resolves.toEqual({ token });
  });
});

describe('calling with an API token', () => {
  it("is its member's call, until the token expires [SES-4]", async () => {
    const { create, callers, clock } = given();
    const { secret, token } = await create();
    await expect(callers.find(secret)).resolves.toMatchObject({
      token: { id: token.id },
      member: { id: 'mem_1' },
    });
    clock.time = new Date(token.expiresAt.getTime() - 1);
    await expect(callers.find(secret)).resolves.toBeDefined();
    clock.time = token.expiresAt;
    await expect(callers.find(secret)).rejects.toEqual(refused('token_expired'));
  });

  it('is refused from the moment in which it is revoked [SES-4]', async () => {
    const { create, callers, tokens, actor } = given();
    const { secret, token } = await create();
    await tokens.revoke('ten_1', token.id, undefined, actor);
    await expect(callers.find(secret)).rejects.toEqual(refused('token_revoked'));
  });

  it.each([
    ['a member', { member: { suspendedAt: begin } }, 'member_suspended'],
    ['a tenant', { tenant: { suspendedAt: begin } }, 'tenant_suspended'],
  ])('is refused while %s is suspended [SES-4]', async (_, suspended, code) => {
    const { create, callers } = given(suspended);
    const { secret } = await create();
    await expect(callers.find(secret)).rejects.toEqual(refused(code));
  });

  it.each(['gatehouse_', 'not-a-token', `gatehouse_${'0'.repeat(72)}`])(
    'is refused with %p, and nothing is looked up for it',
    async (garbage) => {
      const { callers, store } = given();
      const lookUp = jest.spyOn(store, 'findByHashAnywhere');
      await expect(callers.find(garbage)).rejects.toEqual(refused('credential_invalid'));
      expect(lookUp).not.toHaveBeenCalled();
    },
  );

  it('is refused with a secret that was never given out', async () => {
    const { create } = given();
    const { secret } = await create();
    await expect(given().callers.find(secret)).rejects.toEqual(refused('credential_invalid'));
  });

  it('is counted by token, and refused where it comes too often [SEC-1]', async () => {
    const { create, callers, limits } = given();
    const { secret, token } = await create();
    await callers.find(secret);
    expect(limits.taken).toEqual([`api-token ${token.id}`]);
    limits.verdict = { kind: 'limited', seconds: 12, refused: 1 };
    await expect(callers.find(secret)).rejects.toMatchObject({
      code: 'rate_limited',
      details: { seconds: 12 },
    });
  });

  it('is noted as its last use, once a minute [SES-4]', async () => {
    const { create, callers, clock, store } = given();
    const { secret } = await create();
    for (const second of [0, 1, 59, 60, 61, 119, 120]) {
      clock.time = new Date(begin.getTime() + second * 1000);
      await callers.find(secret);
    }
    expect(store.uses.map((at) => (at.getTime() - begin.getTime()) / 1000)).toEqual([0, 60, 120]);
  });

  it('does not fail where its use cannot be noted [SES-4]', async () => {
    const { create, callers, store } = given();
    const { secret } = await create();
    jest.spyOn(store, 'noteUse').mockRejectedValue(new Error('The database is away.'));
    await expect(callers.find(secret)).resolves.toBeDefined();
  });
});

describe('what an API token may do', () => {
  it('shrinks and grows with the role of its member, and never beyond its scopes [TEN-4] [SES-4]', async () => {
    const { create, around } = given({ role: 'owner' });
    const { token } = await create({ scopes: ['connections:write', 'sessions:read'] });
    const reach = (role: Role) =>
      (['connections:write', 'sessions:read', 'audit:read'] as const).map((scope) =>
        tokenReach({ token, member: { ...around.member, role } }, scope),
      );
    expect(reach('owner')).toEqual(['all', 'all', 'none']);
    expect(reach('admin')).toEqual(['all', 'all', 'none']);
    expect(reach('member')).toEqual(['none', 'own', 'none']);
    expect(reach('viewer')).toEqual(['none', 'own', 'none']);
  });
});
