import { domainToASCII } from 'node:url';
import type { DirectoryGroupId, DirectoryId, MemberId, TenantId, UserId } from '../shared/ids';
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

/** How one member signs in, whatever the tenant's policy says of the others (ENF-6). */
export const memberSsoChoices = ['inherit', 'sso', 'password'] as const;
export type MemberSso = (typeof memberSsoChoices)[number];

/** Why one member may use a password under `required`, and until when (ENF-5). */
export interface Exemption {
  readonly reason: string;
  readonly until?: Date;
}

/** A user's membership in one tenant. */
export interface Member {
  readonly id: MemberId;
  readonly tenantId: TenantId;
  readonly userId: UserId;
  readonly role: Role;
  readonly sso: MemberSso;
  readonly exemption?: Exemption;
  readonly suspendedAt?: Date;
  /** The directory that suspended this member, and whose word brings it back; absent where a person did it. */
  readonly suspendedBy?: DirectoryId;
  /** The directory's group by which this member has its role; absent where a person gave it (SCM-4). */
  readonly roleMappedBy?: DirectoryGroupId;
  /** Since when this member waits for a link of the person's own making, because an administrator unlinked it (LNK-10). */
  readonly unlinkedAt?: Date;
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

// Without the kelvin sign (U+212A), the one character outside ASCII that becomes a letter of ASCII in lower case: by it an
// address would count as somebody else's that has a k there.
const localPart = /^[^\s@"(),:;<>[\\\]\p{C}\u212A]{1,64}$/u;
const hostLetters = /^[\p{L}\p{N}\p{M}.-]{1,253}$/u;
const hostName =
  /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** One spelling of an address: its domain as an A-label in lower case, its local part as typed. Throws `validation_failed`. */
export function parseEmail(text: string): string {
  const address = text.trim();
  const local = address.slice(0, Math.max(0, address.lastIndexOf('@')));
  const domain = emailDomain(address);
  if (localPart.test(local) && domain !== '') return `${local}@${domain}`;
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
  const typed = email.slice(email.lastIndexOf('@') + 1);
  // Checked before: the URL parser behind domainToASCII cuts at slashes and decodes percent signs.
  const name = hostLetters.test(typed) ? domainToASCII(typed) : '';
  return hostName.test(name) ? name : '';
}
