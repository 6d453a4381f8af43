import type { Actor } from '../audit/happening';
import type { MailLanguage } from '../mail/outgoing-mail';
import type { TenantId } from '../shared/ids';
import type { LocalPurpose } from './local-outcome';

/** Which sign-in of which browser: one at a time for each interaction of the issuer. */
export interface LocalBrowser {
  /** The browser key that the cookie holds. */
  readonly browserKey: string;
  readonly interactionId?: string | undefined;
}

/** Who is trying, from where. */
export interface LocalVisitor extends LocalBrowser {
  readonly actor: Actor;
  /** Of the page, and so of the mail that tells of a factor that was set up or used. */
  readonly language: MailLanguage;
  readonly userAgent?: string | undefined;
  /** The one on the person's page: who looks after the organisation finds a refusal by it (LOG-9). */
  readonly reference?: string | undefined;
  /** The value of the device cookie, as it came: what is not ours counts as none. */
  readonly device?: string | undefined;
}

export interface LocalBeginning extends LocalVisitor {
  readonly purpose?: LocalPurpose | undefined;
  /** The organisation that was asked for, if one was. */
  readonly tenantId?: TenantId | undefined;
}

export interface PasswordBeginning extends LocalBeginning {
  readonly email: string;
  readonly password: string;
}

export interface PasskeyBeginning extends LocalBeginning {
  /** What `navigator.credentials.get` gave, as JSON. */
  readonly response: unknown;
}

/** What the person did next. */
export type LocalStep =
  | { readonly kind: 'totp'; readonly code: string }
  | { readonly kind: 'recovery-code'; readonly code: string }
  | { readonly kind: 'passkey'; readonly response: unknown }
  | { readonly kind: 'tenant'; readonly tenantId: TenantId }
  /** The first code of the authenticator app that `startEnrolment` was for. */
  | { readonly kind: 'enrolled'; readonly code: string };

export interface LocalContinuation extends LocalVisitor {
  readonly step: LocalStep;
}
