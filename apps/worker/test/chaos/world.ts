import {
  configurationFingerprint,
  connectionId,
  defaultSettings,
  describeNewPerson,
  domainId,
  startingPolicy,
  SystemChance,
  tenantId,
  type Connection,
  type ConnectionId,
  type Happening,
  type HappeningType,
  type IdpCertificate,
  type Role,
  type TenantId,
} from '@gatehouse/core';
import {
  PostgresConnectionStore,
  PostgresDomainStore,
  PostgresMemberStore,
  PostgresTenantStore,
} from '@gatehouse/core-postgres';
import type { DnsServer } from '@gatehouse/tools/dns-server';
import type { TestDatabase } from '@gatehouse/core-postgres/testing';

const chance = new SystemChance();
const at = new Date();
const day = 24 * 60 * 60_000;

/** An organisation whose members are to be asked to link once its connection is switched on. */
export interface Organisation {
  readonly tenantId: TenantId;
  readonly connectionId: ConnectionId;
  readonly members: readonly string[];
}

/** Whoever is to hear of a certificate, and how often: once for each of its connections. */
export interface CertificateHolder {
  readonly owner: string;
  readonly connections: number;
}

/** What the run begins with, written by the stores. */
export interface World {
  readonly organisations: readonly Organisation[];
  readonly holders: readonly CertificateHolder[];
  /** Their proofs are where they were, but resolvers answer when they like. */
  readonly faultyDomains: readonly string[];
  /** Its proof is really gone: it has to lapse, or nothing would be shown by those that do not. */
  readonly goneDomain: string;
}

export interface WorldSize {
  readonly mails: number;
  readonly organisations: number;
  readonly certificateOwners: number;
  readonly domains: number;
}

export async function makeWorld(
  database: TestDatabase['app'],
  dns: DnsServer,
  size: WorldSize,
): Promise<World> {
  const builder = new WorldBuilder(database, dns);
  const organisations: Organisation[] = [];
  for (let index = 0; index < size.organisations; index++)
    organisations.push(await builder.organisation(Math.ceil(size.mails / size.organisations)));
  const holders: CertificateHolder[] = [];
  for (let index = 0; index < size.certificateOwners; index++) holders.push(await builder.holder());
  const domains = await builder.domains(size.domains + 1);
  const [goneDomain = '', ...faultyDomains] = domains;
  dns.nxdomain(proofName(goneDomain));
  return { organisations, holders, faultyDomains, goneDomain };
}

export function proofName(domain: string): string {
  return `_gatehouse-challenge.${domain}`;
}

/** The proof, where it is wanted. */
export function publishProof(dns: DnsServer, domain: string): void {
  dns.set(proofName(domain), 'TXT', ['gatehouse-verify=token']);
}

class WorldBuilder {
  #count = 0;

  constructor(
    private readonly database: TestDatabase['app'],
    private readonly dns: DnsServer,
  ) {}

  async organisation(members: number): Promise<Organisation> {
    const tenant = await this.#tenant();
    const domain = await this.#domain(tenant);
    await this.#person(tenant, `owner@${domain}`, 'owner');
    const addresses = Array.from({ length: members }, (_, index) => `m${index}@${domain}`);
    for (const address of addresses) await this.#person(tenant, address, 'member');
    const id = await this.#connection(tenant, { isOn: false, daysLeft: 900 });
    return { tenantId: tenant, connectionId: id, members: addresses };
  }

  /** One certificate for each sort of notice, and one that nobody need hear of. */
  async holder(): Promise<CertificateHolder> {
    const tenant = await this.#tenant();
    const owner = `owner@${tenant.slice(-12)}.example`;
    await this.#person(tenant, owner, 'owner');
    for (const daysLeft of [29, 13, 6, -1, 90]) await this.#connection(tenant, { isOn: true, daysLeft });
    return { owner, connections: 4 };
  }

  async domains(count: number): Promise<string[]> {
    const tenant = await this.#tenant();
    await this.#person(tenant, `owner@${tenant.slice(-12)}.example`, 'owner');
    const names: string[] = [];
    for (let index = 0; index < count; index++) names.push(await this.#domain(tenant));
    return names;
  }

  async #tenant(): Promise<TenantId> {
    const id = tenantId.create(at, chance);
    const names = { slug: id.slice(-20), name: `Organisation ${++this.#count}`, associateByEmail: false };
    const tenant = { id, ...names, policy: startingPolicy, ssoEntitled: true, createdAt: at };
    await new PostgresTenantStore(this.database, chance).create(tenant, because(id, 'tenant.created'));
    return id;
  }

  async #domain(tenant: TenantId): Promise<string> {
    const id = domainId.create(at, chance);
    const name = `${id.slice(-12)}.example`;
    const proof = { token: 'token', tokenExpiresAt: new Date(at.getTime() + 90 * day) };
    const domain = { id, tenantId: tenant, name, ...proof, verifiedAt: at, createdAt: at };
    publishProof(this.dns, name);
    await new PostgresDomainStore(this.database, chance).add(tenant, domain, because(tenant, 'domain.added'));
    return name;
  }

  async #person(tenant: TenantId, email: string, role: Role): Promise<void> {
    const person = describeNewPerson(tenant, { email, role, sso: 'inherit' }, at, chance);
    await new PostgresMemberStore(this.database, chance).add(tenant, person, because(tenant, 'member.added'));
  }

  async #connection(tenant: TenantId, given: { isOn: boolean; daysLeft: number }): Promise<ConnectionId> {
    const id = connectionId.create(at, chance);
    const idp = {
      entityId: `https://${id.slice(-12)}.example`,
      sso: [{ binding: 'redirect', url: 'https://idp.example/sso' } as const],
      ...{ slo: [], wantsSignedRequests: false },
      certificates: [certificate(id, given.daysLeft)],
    };
    const configuration = { settings: defaultSettings, idp };
    const connection: Connection = {
      ...{ id, tenantId: tenant, protocol: 'saml', spEntityIdAliases: [], label: 'Okta', ...configuration },
      ...{ primary: false, createdAt: at, revision: 1 },
      test: { at, email: 'owner@acme.example', fingerprint: configurationFingerprint(configuration) },
      ...(given.isOn && { enabledAt: at }),
    };
    const why = because(tenant, 'connection.created');
    await new PostgresConnectionStore(this.database, chance).add(tenant, connection, why);
    return id;
  }
}

function certificate(of: ConnectionId, daysLeft: number): IdpCertificate {
  const [notBefore, notAfter] = [at.getTime() - 400 * day, at.getTime() + daysLeft * day];
  const fingerprint = Buffer.from(of).toString('hex').toUpperCase().padEnd(64, '0').slice(0, 64);
  return {
    ...{ pem: of, fingerprint, subject: `CN=${of}` },
    ...{ notBefore: new Date(notBefore), notAfter: new Date(notAfter) },
  };
}

function because(tenant: TenantId, type: HappeningType): Happening {
  return { type, tenantId: tenant, at, actor: { kind: 'operator' }, subject: 'something' };
}
