import {
  connectionId,
  defaultSettings,
  domainId,
  flowId,
  linkId,
  memberId,
  sessionId,
  startingPolicy,
  SystemChance,
  tenantId,
  userId,
  type Connection,
  type Domain,
  type Happening,
  type HappeningType,
  type Link,
  type LoginFlow,
  type NewPerson,
  type ProvenDomain,
  type Role,
  type Session,
  type Tenant,
  type TenantId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { PostgresConnectionStore } from '../connections/connection.store';
import { PostgresTenantStore } from '../tenants/tenant.store';

// Builders for the specs of this project: complete values of which a test names only what matters.
export const chance = new SystemChance();
export const now = new Date('2026-03-01T12:00:00.123Z');

export function later(minutes: number): Date {
  return new Date(now.getTime() + minutes * 60_000);
}

export function because(
  tenant: TenantId,
  type: HappeningType = 'tenant.updated',
  subject = 'something',
): Happening {
  return { type, tenantId: tenant, at: now, actor: { kind: 'operator' }, subject };
}

const ofTenant = { associateByEmail: false, policy: startingPolicy, ssoEntitled: true };

export function aTenant(given: Partial<Tenant> = {}): Tenant {
  const id = tenantId.create(now, chance);
  return { id, slug: id.slice(-20), name: 'Acme', ...ofTenant, createdAt: now, ...given };
}

export async function anExistingTenant(database: DataSource, given: Partial<Tenant> = {}): Promise<Tenant> {
  const tenant = aTenant(given);
  await new PostgresTenantStore(database, chance).create(tenant, because(tenant.id, 'tenant.created'));
  return tenant;
}

export function aPerson(
  tenant: TenantId,
  given: { email?: string; role?: Role; suspendedAt?: Date } = {},
): NewPerson {
  const id = userId.create(now, chance);
  const { email = `${id}@acme.example`, role = 'member', suspendedAt } = given;
  return {
    user: { id, email, name: 'Ada Example', createdAt: now },
    member: {
      ...{
        id: memberId.create(now, chance),
        tenantId: tenant,
        userId: id,
        role,
        sso: 'inherit',
        createdAt: now,
      },
      ...(suspendedAt && { suspendedAt }),
    },
  };
}

export function aDomain(tenant: TenantId, given: Partial<Domain> = {}): Domain {
  const id = domainId.create(now, chance);
  const name = `${id.slice(-12)}.example`;
  return { id, tenantId: tenant, name, token: 'token', tokenExpiresAt: later(60), createdAt: now, ...given };
}

/** What a look that found the proof hands to the store. */
export function aFind(given: Partial<ProvenDomain> = {}): ProvenDomain {
  const check = { at: now, by: 'dns-txt', outcome: 'found', found: ['gatehouse-verify=token'] } as const;
  return { check, by: 'dns-txt', token: 'token', nextCheckAt: later(24 * 60), ...given };
}

export function aConnection(tenant: TenantId, given: Partial<Connection> = {}): Connection {
  const id = connectionId.create(now, chance);
  return {
    ...{
      id,
      tenantId: tenant,
      protocol: 'saml',
      spEntityIdAliases: [],
      label: 'Okta',
      settings: defaultSettings,
      primary: false,
      createdAt: now,
      revision: 1,
    },
    ...given,
  };
}

export async function anExistingConnection(database: DataSource, tenant: TenantId): Promise<Connection> {
  const connection = aConnection(tenant);
  await new PostgresConnectionStore(database, chance).add(
    tenant,
    connection,
    because(tenant, 'connection.created'),
  );
  return connection;
}

export function aLink({ tenantId: tenant, id }: Connection, { user }: NewPerson, subject = 'ada'): Link {
  const issuer = 'https://idp.example';
  return {
    id: linkId.create(now, chance),
    tenantId: tenant,
    connectionId: id,
    userId: user.id,
    issuer,
    subject,
    createdAt: now,
  };
}

export function aFlow({ tenantId: tenant, id }: Connection, given: Partial<LoginFlow> = {}): LoginFlow {
  const flow = flowId.create(now, chance);
  return {
    ...{
      id: flow,
      tenantId: tenant,
      connectionId: id,
      purpose: 'sign-in',
      requestId: `_${flow}`,
      browserKeyHash: 'browser',
    },
    ...{ startedAt: now, expiresAt: later(15), ...given },
  };
}

export function aSession({ member }: NewPerson, { id }: Connection, given: Partial<Session> = {}): Session {
  return {
    ...{
      id: sessionId.create(now, chance),
      tenantId: member.tenantId,
      userId: member.userId,
      memberId: member.id,
    },
    ...{
      via: 'saml',
      connectionId: id,
      sessionIndex: '_s',
      breakGlass: false,
      groups: ['staff'],
      authenticatedAt: now,
      createdAt: now,
    },
    ...{ expiresAt: later(60), ...given },
  };
}
