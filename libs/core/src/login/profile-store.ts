import type { Happening } from '../audit/happening';
import type { Link } from '../linking/link';
import type { MailMessage } from '../mail/mail-message';
import type { User } from '../members/member';
import type { TenantId } from '../shared/ids';

/** Which link a sign-in came by. */
export type ProfileLink = Pick<Link, 'userId' | 'connectionId' | 'issuer' | 'subject'>;

/** What decides whether an address that an identity carries becomes that of the account. */
export interface ProfileFacts {
  /** Whether the user is a member of other tenants as well. */
  readonly elsewhere: boolean;
  /** Whether this tenant has verified the domain of the address. */
  readonly domainIsVerified: boolean;
  /** Whether anybody else in the deployment has it. */
  readonly addressIsTaken: boolean;
  /** The address, as it is compared, that is held by this link: what is to be told of it was told. */
  readonly held?: string;
}

export interface NewProfile {
  readonly email?: string;
  readonly name?: string;
}

export abstract class ProfileStore {
  abstract look(
    tenantId: TenantId,
    link: ProfileLink,
    address: { readonly key: string; readonly domain: string },
  ): Promise<ProfileFacts>;
  /** Writes what still may be written, and answers with the user as it is then; noted if anything was. */
  abstract take(
    tenantId: TenantId,
    link: ProfileLink,
    profile: NewProfile,
    because: Happening,
  ): Promise<User>;
  /** Remembers the address that is held, and tells of it once; answers with the user as it is. */
  abstract hold(
    tenantId: TenantId,
    link: ProfileLink,
    email: string,
    because: Happening,
    toOwners: MailMessage | undefined,
  ): Promise<User>;
}
