import type { Role } from '../members/member';

/** Whose things somebody may touch: everybody's in the tenant, one's own only, or nobody's. */
export type Reach = 'all' | 'own' | 'none';

type Reaches = Readonly<Record<Role, Reach>>;

const administrators: Reaches = { owner: 'all', admin: 'all', member: 'none', viewer: 'none' };
const everybodyTheirOwn: Reaches = { owner: 'all', admin: 'all', member: 'own', viewer: 'own' };

/** What a role may do, scope by scope; single sign-on is the business of owners and admins alone (TEN-3). */
const reaches = {
  'tenant:read': administrators,
  'tenant:write': administrators,
  'members:read': administrators,
  'members:write': administrators,
  'domains:read': administrators,
  'domains:write': administrators,
  'connections:read': administrators,
  'connections:write': administrators,
  'directories:read': administrators,
  'directories:write': administrators,
  'enforcement:read': administrators,
  'enforcement:write': administrators,
  'sign-ins:read': administrators,
  'audit:read': administrators,
  'sessions:read': everybodyTheirOwn,
  'sessions:write': everybodyTheirOwn,
  'api-tokens:read': everybodyTheirOwn,
  'api-tokens:write': everybodyTheirOwn,
} as const satisfies Readonly<Record<string, Reaches>>;

/** One kind of thing, and whether it is looked at or changed. */
export type Scope = keyof typeof reaches;

export const scopes: readonly Scope[] = Object.keys(reaches).filter(isScope);

export function isScope(value: unknown): value is Scope {
  return typeof value === 'string' && Object.hasOwn(reaches, value);
}

export function reachOf(role: Role, scope: Scope): Reach {
  return reaches[scope][role];
}
