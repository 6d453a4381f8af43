import {
  describeNewLink,
  KeyRing,
  LinkingBoard,
  LinkRequests,
  LocalRateLimits,
  UnlinkMember,
  type Connection,
  type LinkRequestId,
  type NewLink,
  type NewPerson,
  type OutgoingMail,
  type Tenant,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import {
  PostgresAccountLinks,
  PostgresConnectionStore,
  PostgresDomainStore,
  PostgresLinkingBoardStore,
  PostgresLinkRequestStore,
  PostgresMemberStore,
  PostgresTaskStore,
  PostgresTenantStore,
} from '../index';
import { aConnection, aDomain, because, chance, now } from './given';
import { takeMails } from './take-mails';

export const issuer = 'https://idp.example';

/** All that asks members to link and shows how it goes on, at a time that stands until it is moved. */
export class LinkingDesk {
  readonly keyRing = new KeyRing([{ name: 'one', key: chance.bytes(32) }], chance);
  readonly store: PostgresLinkRequestStore;
  readonly links: PostgresAccountLinks;
  readonly requests: LinkRequests;
  readonly board: LinkingBoard;
  readonly unlinking: UnlinkMember;
  now = now;

  constructor(private readonly database: DataSource) {
    const clock = { now: () => this.now };
    const members = new PostgresMemberStore(database, chance);
    const domains = new PostgresDomainStore(database, chance);
    this.store = new PostgresLinkRequestStore(database, this.keyRing, chance);
    this.links = new PostgresAccountLinks(database, this.keyRing, chance);
    const stores = {
      requests: this.store,
      tenants: new PostgresTenantStore(database, chance),
      members,
      domains,
    };
    const connections = new PostgresConnectionStore(database, chance);
    const ports = { ...stores, connections, limits: new LocalRateLimits(), clock, chance };
    this.requests = new LinkRequests(ports, 'https://sign-in.example');
    this.board = new LinkingBoard(new PostgresLinkingBoardStore(database), domains, clock);
    this.unlinking = new UnlinkMember(this.links, members, clock);
  }

  pass(minutes: number): void {
    this.now = new Date(this.now.getTime() + minutes * 60_000);
  }

  /** The letters that wait to be sent, which are taken out by that. */
  mails(): Promise<OutgoingMail[]> {
    return takeMails(this.database, this.keyRing, this.now);
  }

  /** What a worker would be handed for the members of a tenant. */
  async takeTask(): Promise<unknown> {
    const store = new PostgresTaskStore(this.database, this.keyRing, chance);
    const limits = { leaseMs: 600_000, most: 1, mostOfEach: 1 };
    const [handed] = await store.claimAnywhere('ask-members-to-link', limits, this.now);
    const opened = handed && (await store.open(handed, limits.leaseMs, this.now));
    return opened?.read().payload;
  }

  /** As somebody would describe it whose identity was just vouched for. */
  linking(connection: Connection, person: NewPerson, subject: string = person.user.id): NewLink {
    const identity = { issuer, subject, email: person.user.email };
    const by = { language: 'en', actor: { kind: 'person' } } as const;
    return describeNewLink(
      { tenant: { name: 'Acme' }, connection, person, identity, ...by },
      this.now,
      chance,
    );
  }
}

/** The token in the address of a letter that asks to link. */
export function tokenIn({ message }: OutgoingMail): string {
  if (message.kind !== 'link-request') throw new Error(`This is a letter of kind ${message.kind}.`);
  return message.url.replace('https://sign-in.example/link/', '');
}

/** Which request a letter is of. */
export function requestOf({ message }: OutgoingMail): LinkRequestId {
  if (message.kind !== 'link-request') throw new Error(`This is a letter of kind ${message.kind}.`);
  return message.requestId;
}

export async function aVerifiedDomain(database: DataSource, { id }: Tenant): Promise<string> {
  const domain = aDomain(id, { verifiedAt: now });
  await new PostgresDomainStore(database, chance).add(id, domain, because(id, 'domain.added'));
  return domain.name;
}

/** A connection that is on, of the identity provider at `issuer`. */
export async function aServingConnection(
  database: DataSource,
  { id }: Tenant,
  given: Partial<Connection> = {},
): Promise<Connection> {
  const idp = { entityId: issuer, sso: [], slo: [], certificates: [], wantsSignedRequests: false };
  const connection = aConnection(id, { idp, enabledAt: now, ...given });
  await new PostgresConnectionStore(database, chance).add(id, connection, because(id, 'connection.created'));
  return connection;
}
