import { defaultSettings, type Connection } from '../connections/connection';
import type { Member, Person } from '../members/member';

/** An enabled connection; name only what the test is about. */
export function aConnection(changes: Partial<Connection> = {}): Connection {
  const createdAt = new Date('2026-01-01T00:00:00Z');
  return {
    id: 'conn_1',
    tenantId: 'ten_1',
    protocol: 'saml',
    label: 'Company sign-in',
    spEntityIdAliases: [],
    settings: defaultSettings,
    enabledAt: createdAt,
    primary: true,
    createdAt,
    revision: 1,
    ...changes,
  };
}

/** A member of the tenant `ten_1` who is in no way special; name only what the test is about. */
export function aMemberPerson(changes: Partial<Member> = {}): Person {
  const createdAt = new Date('2026-01-01T00:00:00Z');
  const member: Member = {
    ...{ id: 'mem_1', tenantId: 'ten_1', userId: 'user_1', role: 'member', sso: 'inherit', createdAt },
    ...changes,
  };
  return { user: { id: 'user_1', email: 'ada@acme.example', createdAt }, member };
}
