import { setTimeout as pause } from 'node:timers/promises';
import {
  createToken,
  Domains,
  KeyRing,
  memberId,
  shippedProofs,
  startingPolicy,
  SystemChance,
  tenantId,
  userId,
  type Domain,
  type Happening,
  type OutgoingMail,
  type Role,
  type TenantId,
} from '@gatehouse/core';
import { GuardedFetch, NodeDnsResolver } from '@gatehouse/core-network';
import {
  PostgresAuditLog,
  PostgresDomainStore,
  PostgresMemberStore,
  PostgresTenantStore,
} from '@gatehouse/core-postgres';
import { createTestDatabase, takeMails, type TestDatabase } from '@gatehouse/core-postgres/testing';
import { startDnsServer, type DnsServer } from '@gatehouse/tools/dns-server';
import { pino } from 'pino';
import { Work } from '../src/work';
import { checkDomains } from '../src/wiring/check-domains';
import { workerConfig } from './worker-config';

const chance = new SystemChance();
const start = new Date('2026-03-01T12:00:00Z');
const hour = 3_600_000;
const day = 24 * hour;
const name = 'acme.example';
const challenge = `_gatehouse-challenge.${name}`;
const config = workerConfig('');
const keyRing = new KeyRing(config.secretKeys, chance);
const owners = ['ada@acme.example', 'grace@elsewhere.example'];

let database: TestDatabase;
let dns: DnsServer;
let now: Date;
let tenant: TenantId;
let domains: Domains;
let store: PostgresDomainStore;
let workers: (() => Promise<void>)[];

beforeEach(async () => {
  [database, dns, now] = [await createTestDatabase(), await startDnsServer(), start];
  const clock = { now: () => now };
  store = new PostgresDomainStore(database.app, chance);
  const resolver = new NodeDnsResolver({ servers: [dns.address], timeoutMs: 100, tries: 1 });
  domains = new Domains(store, shippedProofs(resolver, new GuardedFetch()), clock, chance);
  const ofDns = { ...config, dnsServers: [dns.address] };
  const log = pino({ level: 'silent' });
  const parts = { database: database.app, config: ofDns, keyRing, clock, chance, log };
  workers = [checkDomains(parts), checkDomains(parts)];
  tenant = await aTenant();
});
afterEach(async () => {
  await dns.close();
  await database.drop();
});

function because(type: Happening['type'], of: TenantId): Happening {
  return { type, tenantId: of, at: start, actor: { kind: 'operator' }, subject: 'something' };
}

async function aTenant(): Promise<TenantId> {
  const id = tenantId.create(start, chance);
  const names = { slug: id.slice(-20), name: 'Acme', associateByEmail: false };
  const made = { id, ...names, policy: startingPolicy, ssoEntitled: true, createdAt: start };
  await new PostgresTenantStore(database.app, chance).create(made, because('tenant.created', id));
  for (const email of owners) await join(id, email, 'owner');
  await join(id, 'suspended@acme.example', 'owner', start);
  await join(id, 'admin@acme.example', 'admin');
  return id;
}

async function join(to: TenantId, email: string, role: Role, suspendedAt?: Date): Promise<void> {
  const user = { id: userId.create(start, chance), email, createdAt: start };
  const plain = { tenantId: to, userId: user.id, role, sso: 'inherit', createdAt: start } as const;
  const member = { id: memberId.create(start, chance), ...plain, ...(suspendedAt && { suspendedAt }) };
  await new PostgresMemberStore(database.app, chance).add(to, { user, member }, because('member.added', to));
}

async function aVerifiedDomain(): Promise<Domain> {
  const claim = await domains.add(tenant, name, { kind: 'operator' });
  publish(claim);
  return domains.verify(tenant, claim.id, { kind: 'operator' });
}

function publish({ token }: Domain): void {
  dns.set(challenge, 'TXT', [`gatehouse-verify=${token}`]);
}

/** Both workers look at everything that is due, every half hour for so long. */
async function live(forMs: number): Promise<void> {
  for (const end = now.getTime() + forMs; now.getTime() < end;) {
    now = new Date(now.getTime() + hour / 2);
    await Promise.all(workers.map((run) => run()));
  }
}

async function letters(): Promise<OutgoingMail[]> {
  return takeMails(database.app, keyRing, now);
}

async function told(): Promise<string[]> {
  return (await letters()).map(({ to, message: { kind } }) => `${kind} to ${to}`).sort();
}

const toOwners = (kind: string) => owners.map((owner) => `${kind} to ${owner}`);

describe('a worker', () => {
  it('looks for the proofs that are due of itself, once it runs [DOM-8]', async () => {
    now = new Date();
    const domain = await aVerifiedDomain();
    const check = { at: now, by: 'dns-txt', outcome: 'found', found: [] } as const;
    const proven = { check, by: 'dns-txt', token: domain.token, nextCheckAt: now } as const;
    await store.markVerified(tenant, domain.id, proven, because('domain.verified', tenant));
    const settings = workerConfig(database.url, { dnsServers: [dns.address] });
    const work = await Work.start(settings, pino({ level: 'silent' }));
    try {
      const isDue = async () =>
        (await domains.get(tenant, domain.id)).lastCheck?.at.getTime() === now.getTime();
      for (const deadline = Date.now() + 40_000; await isDue(); await pause(100))
        if (Date.now() > deadline) throw new Error('Nobody looked.');
      const { lastCheck, nextCheckAt } = await domains.get(tenant, domain.id);
      expect(lastCheck).toMatchObject({ outcome: 'found', by: 'dns-txt' });
      expect((nextCheckAt?.getTime() ?? 0) - now.getTime()).toBeGreaterThan(23 * hour);
    } finally {
      await work.onApplicationShutdown();
    }
  }, 60_000);
});

describe('the proof of a domain, looked after by two workers', () => {
  it('is missed, warned of, lapses after 14 days and comes back by itself; each is told once to each owner [DOM-8] [WRK-2]', async () => {
    const { id } = await aVerifiedDomain();
    await live(3 * day);
    expect(await told()).toEqual([]);

    dns.remove(challenge);
    await live(1.2 * day);
    const [warning, ...others] = await letters();
    expect(warning?.message).toMatchObject({ members: 3, unlinked: 3 });
    expect([warning, ...others].map((mail) => mail?.to).sort()).toEqual(owners);
    expect(warning?.message).toMatchObject({
      ...{ kind: 'domain-missing', organisation: 'Acme', domain: name },
      record: { name: challenge, value: expect.stringMatching(/^gatehouse-verify=/) },
    });
    expect(await store.isVerified(tenant, name)).toBe(true);

    await live(12 * day);
    expect(await told()).toEqual(toOwners('domain-missing'));
    expect(await store.verifiedAnywhere(name)).toBe(tenant);
    await live(3 * day);
    expect(await told()).toEqual(toOwners('domain-lapsed'));
    expect(await store.verifiedAnywhere(name)).toBeUndefined();
    expect(await store.isVerified(tenant, name)).toBe(false);

    await live(20 * day);
    expect(await told()).toEqual([]);
    publish(await domains.get(tenant, id));
    await live(1.5 * day);
    expect(await told()).toEqual(toOwners('domain-recovered'));
    expect(await store.verifiedAnywhere(name)).toBe(tenant);
    const audit = await new PostgresAuditLog(database.app, chance).list(tenant, { limit: 50 });
    const types = audit.map(({ type }) => type).filter((type) => /missed|lapsed|recovered/.test(type));
    expect(types.reverse()).toEqual(['domain.proof_missed', 'domain.lapsed', 'domain.recovered']);
  }, 120_000);

  // A silent one is waited for.
  it.each([
    ['servfail', 60],
    ['silent', 0.5],
  ] as const)(
    'survives a resolver that is %s for %d days, and is warned of nothing [DOM-8]',
    async (fault, days) => {
      await aVerifiedDomain();
      dns[fault](challenge);
      await live(days * day);
      expect(await told()).toEqual([]);
      expect(await store.isVerified(tenant, name)).toBe(true);
    },
    120_000,
  );

  it('goes on by the value that stands, while the next one waits to be published, and retires it then [DOM-3]', async () => {
    const first = await aVerifiedDomain();
    await live(16 * day);
    const second = await domains.get(tenant, first.id);
    expect(second).toMatchObject({ acceptedToken: first.token, verifiedAt: first.verifiedAt });
    expect(second.token).not.toBe(first.token);
    publish(second);
    await live(2 * day);
    expect(await domains.get(tenant, first.id)).toMatchObject({ acceptedToken: second.token });
    publish(first);
    await live(2 * day);
    expect(await told()).toEqual(toOwners('domain-missing'));
  }, 120_000);

  it('is not found by a value of somebody else, whatever stands there [DOM-8]', async () => {
    await aVerifiedDomain();
    dns.set(challenge, 'TXT', [`gatehouse-verify=${createToken(chance)}`, '\0\uD800', 'x'.repeat(250)]);
    await live(2 * day);
    expect(await told()).toEqual(toOwners('domain-missing'));
    const [domain] = await domains.list(tenant);
    expect(domain?.lastCheck).toMatchObject({ outcome: 'different', code: 'domain_proof_several' });
  }, 60_000);
});
