import { domainToASCII } from 'node:url';
import type { MemberId, TenantId, UserId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';

export const roles = ['owner', 'admin', 'member', 'viewer'] as const;
export type Role = (typeof roles)[number];

/** A person: one e-mail address, compared without regard to case. */
export interface User {
  readonly id: UserId;
  readonly email: string;
  readonly name?: string;
  readonly createdAt: Date;
}

/** A user's membership in one tenant. */
export interface Member {
  readonly id: MemberId;
  readonly tenantId: TenantId;
  readonly userId: UserId;
  readonly role: Role;
  readonly suspendedAt?: Date;
  readonly createdAt: Date;
}

/** A member together with the person it is. */
export interface Person {
  readonly user: User;
  readonly member: Member;
}

/** May this role see and change the tenant's SSO settings? */
export function administers(role: Role): boolean {
  return role === 'owner' || role === 'admin';
}

const addressPattern = /^[^\s@"(),:;<>[\\\]\p{Cc}]{1,64}@[^\s@\p{Cc}]{1,253}$/u;

/** Trims and checks the shape; case is kept for showing. Throws `validation_failed`. */
export function parseEmail(text: string): string {
  const address = text.trim();
  if (addressPattern.test(address)) return address;
  throw new SsoError('validation_failed', 'This is not an e-mail address.', {
    want: 'name@company.example',
    got: address.slice(0, 80),
  });
}

/** What is compared and kept unique: the address in lower case. */
export function emailKey(email: string): string {
  return email.toLowerCase();
}

/** The part behind the last `@` as an A-label in lower case; empty where that is no domain name. */
export function emailDomain(email: string): string {
  return domainToASCII(email.slice(email.lastIndexOf('@') + 1));
}
