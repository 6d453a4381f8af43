import type { Page } from '../audit/audit-log';
import type { Happening } from '../audit/happening';
import type { CredentialChange } from '../credentials/credential-change';
import type { OutgoingMail } from '../mail/outgoing-mail';
import type { Person } from '../members/member';
import type { NewPerson } from '../members/member-store';
import type { InvitationId, TenantId } from '../shared/ids';
import type { Invitation, InvitationState } from './invitation';

/** A link that was just made: its mail goes out with it, or neither does. */
export interface FreshLink {
  readonly tokenHash: string;
  readonly mail: OutgoingMail;
}

/** The invitation that a browser opened, and as whom its person comes in. */
export interface Acceptance {
  readonly invitation: Pick<Invitation, 'id' | 'email' | 'language'>;
  /** Of the link that was opened, so that a newer one makes this one void. */
  readonly tokenHash: string;
  readonly browserKeyHash: string;
  readonly person: NewPerson;
}

/** A first password, and the record of it; whoever had an account before is told by mail as well. */
export interface FirstPassword extends CredentialChange {
  readonly hash: string;
}

export type AcceptOutcome =
  | { readonly kind: 'accepted'; readonly person: Person }
  /** Used, withdrawn, expired, renewed or opened elsewhere by now. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'account-exists' }
  | { readonly kind: 'already-member' };

export abstract class InvitationStore {
  /** One is open for an address of a tenant at a time, also when several are written at once. */
  abstract add(
    tenantId: TenantId,
    invitation: Invitation,
    link: FreshLink,
    because: Happening,
  ): Promise<'added' | 'another-open' | 'already-member'>;
  /** Replaces link and end of one that was neither accepted nor revoked. */
  abstract renew(
    tenantId: TenantId,
    invitation: Invitation,
    link: FreshLink,
    because: Happening,
  ): Promise<'renewed' | 'not-open'>;
  abstract revoke(tenantId: TenantId, id: InvitationId, because: Happening): Promise<'revoked' | 'not-open'>;
  abstract find(tenantId: TenantId, id: InvitationId): Promise<Invitation | undefined>;
  /** Newest first. */
  abstract list(tenantId: TenantId, page: Page, state?: InvitationState): Promise<Invitation[]>;
  /** Crosses tenants: a link names none. */
  abstract findByTokenAnywhere(tokenHash: string): Promise<Invitation | undefined>;
  /** The invitation for this address that is open `now`. */
  abstract findOpen(tenantId: TenantId, email: string, now: Date): Promise<Invitation | undefined>;
  /** Binds an open invitation to the first browser that posts its link; the same one may do so again. */
  abstract open(
    tenantId: TenantId,
    id: InvitationId,
    by: { readonly tokenHash: string; readonly browserKeyHash: string },
    because: Happening,
  ): Promise<'opened' | 'elsewhere' | 'gone'>;
  /** With a password for somebody who has nothing to sign in with yet; once, also when several try at the same time. */
  abstract acceptWithPassword(
    tenantId: TenantId,
    acceptance: Acceptance,
    password: FirstPassword,
    because: readonly Happening[],
  ): Promise<AcceptOutcome>;
  /** For the user whom `acceptance` names, who is signed in. */
  abstract acceptAs(
    tenantId: TenantId,
    acceptance: Acceptance,
    because: readonly Happening[],
  ): Promise<AcceptOutcome>;
  /** Crosses tenants: whether the user with this address, if there is one, has anything to sign in with. */
  abstract canSignInAnywhere(email: string): Promise<boolean>;
}
