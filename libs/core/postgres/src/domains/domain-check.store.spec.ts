import {
  CheckDomains,
  DomainProofs,
  KeyRing,
  SsoError,
  type CheckedDomain,
  type Domain,
  type DomainProof,
  type Tenant,
} from '@gatehouse/core';
import { Client } from 'pg';
import { PostgresAuditLog, PostgresDomainCheckStore, PostgresDomainStore } from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import { aDomain, aFind, anExistingTenant, because, chance, later, now } from '../testing/given';

const keyRing = new KeyRing([{ name: 'one', key: Buffer.alloc(32, 7) }], chance);
const hour = 60;
const day = 24 * hour;
let database: TestDatabase;
let domains: PostgresDomainStore;
let store: PostgresDomainCheckStore;
beforeEach(async () => {
  database = await createTestDatabase();
  domains = new PostgresDomainStore(database.app, chance);
  store = new PostgresDomainCheckStore(database.app, chance, keyRing);
});
afterEach(() => database.drop());

async function aVerified(nextCheckAt: Date, tenant?: Tenant, given: Partial<Domain> = {}): Promise<Domain> {
  const { id } = tenant ?? (await anExistingTenant(database.app));
  const domain = aDomain(id, given);
  await domains.add(id, domain, because(id, 'domain.added'));
  await domains.markVerified(id, domain.id, aFind({ nextCheckAt }), because(id, 'domain.verified'));
  return domain;
}

async function claimOne(at: Date, until: Date) {
  const [claimed] = await store.claimAnywhere(1, at, until);
  if (!claimed) throw new Error('Nothing was due.');
  return claimed;
}

function idsOf(claimed: readonly { domain: Domain }[]): string[] {
  return claimed.map(({ domain: { id } }) => id).sort();
}

describe('claiming domains that are due', () => {
  it('hands each to one of many workers, no more than asked for, and to nobody before its time [DOM-8] [WRK-2]', async () => {
    const due = await Promise.all(Array.from({ length: 30 }, (_, index) => aVerified(later(index))));
    await aVerified(later(31));
    const claims = await Promise.all(
      Array.from({ length: 8 }, () => store.claimAnywhere(4, later(30), later(60))),
    );
    expect(Math.max(...claims.map(({ length }) => length))).toBeLessThanOrEqual(4);
    const more = await store.claimAnywhere(100, later(30), later(60));
    const ids = idsOf([...claims.flat(), ...more]);
    expect(ids).toEqual(due.map(({ id }) => id).sort());
    await expect(store.claimAnywhere(100, later(30.5), later(60))).resolves.toEqual([]);
  });

  it('gives back what a worker died with when the lease is over, as it was [DOM-8] [WRK-2]', async () => {
    const { id, tenantId } = await aVerified(now);
    await claimOne(now, later(15));
    await expect(store.claimAnywhere(9, later(14), later(30))).resolves.toEqual([]);
    const { domain, heldElsewhere } = await claimOne(later(15), later(30));
    expect([domain.id, heldElsewhere]).toEqual([id, false]);
    expect(domain).toEqual(await domains.find(tenantId, id));
  });

  it('finds those without a time, which a server of the version before has verified, and those put off for years [DOM-8]', async () => {
    const [former, ahead] = [await aVerified(later(day)), await aVerified(later(4 * day))];
    await asOwner(
      `UPDATE domains SET next_check_at = NULL, accepted_token = NULL, proved_by = NULL WHERE id = '${former.id}'`,
    );
    const claimed = await store.claimAnywhere(9, now, later(15));
    expect(idsOf(claimed)).toEqual([former.id, ahead.id].sort());
    expect(claimed.find(({ domain }) => domain.id === former.id)?.domain).toMatchObject({
      acceptedToken: 'token',
      provedBy: 'dns-txt',
    });
  });
});

async function asOwner(sql: string): Promise<void> {
  const owner = new Client(database.ownerUrl);
  await owner.connect();
  // The owner sees every row by the policies of its functions.
  await owner.query(sql).finally(() => owner.end());
}

function looked(claimed: CheckedDomain['claimed'], at: Date): CheckedDomain {
  const { verifiedAt } = claimed.domain;
  const missing = { since: at, days: 3, countedAt: at, warnedAt: at };
  const check = { at, by: 'dns-txt', outcome: 'absent', found: [], code: 'dns_name_absent' } as const;
  return { claimed, check, life: { ...(verifiedAt && { verifiedAt }), missing, nextCheckAt: later(hour) } };
}

describe('keeping what was seen', () => {
  it('gives back what was kept, of many tenants in one statement [DOM-8]', async () => {
    const [one, other] = [await aVerified(now), await aVerified(now)];
    const claimed = await store.claimAnywhere(9, now, later(15));
    await store.keepAnywhere(claimed.map((each) => looked(each, later(1))));
    for (const { tenantId, id } of [one, other]) {
      const { missing, lastCheck, nextCheckAt, acceptedToken, verifiedAt } =
        (await domains.find(tenantId, id)) ?? {};
      expect(missing).toEqual({ since: later(1), days: 3, countedAt: later(1), warnedAt: later(1) });
      expect(lastCheck).toMatchObject({ at: later(1), outcome: 'absent', code: 'dns_name_absent' });
      expect([nextCheckAt, acceptedToken, verifiedAt]).toEqual([later(hour), 'token', now]);
    }
  });

  it('writes nothing for a worker whose lease somebody else has by now, and tells nobody [DOM-8] [WRK-2]', async () => {
    const { tenantId, id } = await aVerified(now);
    const slow = looked(await claimOne(now, later(15)), later(1));
    await claimOne(later(15), later(30));
    await store.keepAnywhere([slow]);
    const told = { because: [because(tenantId, 'domain.lapsed', id)] };
    await expect(store.settle(tenantId, slow, told)).resolves.toBe('stale');
    await store.release(tenantId, slow.claimed, because(tenantId, 'domain.released', id));
    await expect(domains.find(tenantId, id)).resolves.toMatchObject({
      nextCheckAt: later(30),
      verifiedAt: now,
    });
    const audit = await new PostgresAuditLog(database.app, chance).list(tenantId, { limit: 9 });
    expect(audit.map(({ type }) => type)).not.toContain('domain.lapsed');
  });

  it('leaves a domain removed that was removed under the hand of the worker', async () => {
    const { tenantId, id } = await aVerified(now);
    const slow = looked(await claimOne(now, later(15)), later(1));
    await domains.remove(tenantId, id, 0, because(tenantId));
    await store.keepAnywhere([slow]);
    await expect(store.settle(tenantId, slow, { because: [] })).resolves.toBe('stale');
    await expect(domains.list(tenantId)).resolves.toEqual([]);
  });
});

/** A proof that says what the test says of each name. */
class ToldProof implements DomainProof {
  readonly kind = 'dns-txt';
  readonly missing = new Set<string>();

  instructions(domain: string, token: string) {
    return { by: 'dns-txt', type: 'TXT', name: domain, value: token } as const;
  }

  async check(domain: string, [newest, accepted = newest]: readonly [string, ...string[]]) {
    if (!this.missing.has(domain)) return { outcome: 'found', found: [accepted], token: accepted } as const;
    const refusal = new SsoError('dns_name_absent', 'There is none.');
    return { outcome: 'absent', found: [], refusal } as const;
  }
}

describe('a domain that lapses', () => {
  let at: Date;
  let proof: ToldProof;
  let checks: CheckDomains;
  beforeEach(() => {
    proof = new ToldProof();
    const report = (error: unknown) => {
      throw error;
    };
    const ports = { store, proofs: new DomainProofs([proof]), clock: { now: () => at }, chance, report };
    checks = new CheckDomains(ports);
  });

  /** Every hour of so many days. */
  async function live(days: number, from: Date): Promise<void> {
    for (let hours = 0; hours <= days * 24; hours += 1) {
      at = new Date(from.getTime() + hours * 3_600_000);
      await checks.run();
    }
  }

  async function events(tenant: Domain['tenantId']): Promise<string[]> {
    const audit = await new PostgresAuditLog(database.app, chance).list(tenant, { limit: 50 });
    return audit
      .map(({ type }) => type)
      .filter((type) => type.startsWith('domain.'))
      .reverse();
  }

  it("is nobody's for whoever asks, and free for who proves it now; the members stay where they are [DOM-8] [DOM-5]", async () => {
    const name = 'lapsed.example';
    const tenant = await anExistingTenant(database.app);
    const old = await aVerified(now, tenant, { name });
    proof.missing.add(name);
    await live(15.5, now);
    expect(await domains.isVerified(tenant.id, name)).toBe(false);
    expect(await domains.verifiedAnywhere(name)).toBeUndefined();
    await expect(domains.find(tenant.id, old.id)).resolves.toMatchObject({ lapsedAt: expect.any(Date) });
    expect((await events(tenant.id)).slice(2)).toEqual(['domain.proof_missed', 'domain.lapsed']);

    const taken = await aVerified(later(40 * day), undefined, { name });
    expect(await domains.verifiedAnywhere(name)).toBe(taken.tenantId);
    proof.missing.delete(name);
    await live(1, later(17 * day));
    const released = await domains.find(tenant.id, old.id);
    expect(released).not.toHaveProperty('lapsedAt');
    expect(released).not.toHaveProperty('acceptedToken');
    expect(released).not.toHaveProperty('nextCheckAt');
    expect(released?.tokenExpiresAt.getTime()).toBeLessThanOrEqual(at.getTime());
    expect((await events(tenant.id)).at(-1)).toBe('domain.released');
    expect(await domains.verifiedAnywhere(name)).toBe(taken.tenantId);
  }, 60_000);

  it('is released, too, where somebody else proves it in the very moment of its recovery [DOM-5] [DOM-8]', async () => {
    const name = 'raced.example';
    const old = await aVerified(now, undefined, { name });
    proof.missing.add(name);
    await live(15.5, now);
    proof.missing.delete(name);
    const check = proof.check.bind(proof);
    const winner = await anExistingTenant(database.app);
    const claim = aDomain(winner.id, { name });
    await domains.add(winner.id, claim, because(winner.id));
    proof.check = async (...asked) => {
      await domains.markVerified(
        winner.id,
        claim.id,
        aFind({ nextCheckAt: later(40 * day) }),
        because(winner.id),
      );
      return check(...asked);
    };
    await live(1, later(17 * day));
    expect(await domains.verifiedAnywhere(name)).toBe(winner.id);
    expect((await events(old.tenantId)).at(-1)).toBe('domain.released');
  }, 60_000);

  it('gets a new value every 14 days, beside which the accepted one goes on to prove it [DOM-3]', async () => {
    const domain = await aVerified(now, undefined, { token: 'first', tokenExpiresAt: later(14 * day) });
    const stored = async () => (await domains.find(domain.tenantId, domain.id)) ?? domain;
    await domains.markVerified(
      domain.tenantId,
      domain.id,
      aFind({ token: 'first', nextCheckAt: now }),
      because(domain.tenantId),
    );
    await live(13, now);
    expect(await stored()).toMatchObject({ token: 'first', acceptedToken: 'first' });
    await live(2, later(13 * day));
    const { token, acceptedToken, tokenExpiresAt } = await stored();
    expect([token === 'first', acceptedToken]).toEqual([false, 'first']);
    expect(tokenExpiresAt.getTime()).toBeGreaterThan(later(27 * day).getTime());
    // The record is changed: the newest value is found, and the old one is retired.
    const seen: string[][] = [];
    proof.check = async (_, tokens) => {
      seen.push([...tokens]);
      return { outcome: 'found', found: [tokens[0]], token: tokens[0] };
    };
    await live(3, later(15 * day));
    expect(await stored()).toMatchObject({ token, acceptedToken: token });
    expect([seen[0], seen.at(-1)]).toEqual([[token, 'first'], [token]]);
    expect((await events(domain.tenantId)).filter((type) => type === 'domain.token_renewed')).toHaveLength(1);
  }, 60_000);

  it('is not believed where most proofs are gone at once: rather the resolver is wrong [DOM-8]', async () => {
    const first = await aVerified(now);
    const all = [first, ...(await Promise.all(Array.from({ length: 23 }, () => aVerified(now))))];
    for (const { name } of all) proof.missing.add(name);
    at = now;
    await expect(checks.run()).resolves.toEqual({ looked: 24, faults: 0, missing: 0, doubted: 24 });
    await live(20, now);
    for (const { tenantId, id, name } of all) {
      expect(await domains.isVerified(tenantId, name)).toBe(true);
      expect(await domains.find(tenantId, id)).not.toHaveProperty('missing');
    }
    for (const { name } of all.slice(1)) proof.missing.delete(name);
    await live(16, later(20 * day));
    expect(await domains.isVerified(first.tenantId, first.name)).toBe(false);
  }, 120_000);
});
