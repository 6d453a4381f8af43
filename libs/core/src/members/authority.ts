import type { Actor } from '../audit/happening';
import { SsoError } from '../shared/sso-error';
import type { Role } from './member';

/** On whose word members come, change and go: a member's, as far as its role goes, or the operator's. */
export interface Authority {
  readonly actor: Actor;
  readonly role: Role | 'operator';
}

/** Whether somebody may give this role, and change, suspend or remove a member who has it: only owners make owners. */
export function mayGrant(by: Authority['role'], role: Role): boolean {
  if (by === 'operator' || by === 'owner') return true;
  return by === 'admin' && role !== 'owner';
}

/** Throws `role_not_grantable`. */
export function requireGrant({ role: by }: Authority, ...affected: readonly Role[]): void {
  const denied = affected.find((role) => !mayGrant(by, role));
  if (denied === undefined) return;
  const message =
    denied === 'owner'
      ? 'Only an owner can make, change or remove an owner. Ask one.'
      : 'Only owners and admins can make, change or remove members. Ask one.';
  throw new SsoError('role_not_grantable', message, {
    want: denied === 'owner' ? 'an owner' : 'an owner or admin',
    got: by,
  });
}
