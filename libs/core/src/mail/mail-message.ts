import type { LinkRequestId } from '../shared/ids';

/** What changed about a person's second factors. */
export const secondFactorChanges = [
  'totp-added',
  'totp-removed',
  'passkey-added',
  'passkey-removed',
  'recovery-codes-replaced',
  'recovery-code-used',
  'all-removed',
] as const;

export type SecondFactorChange = (typeof secondFactorChanges)[number];

export interface InvitationMessage {
  readonly kind: 'invitation';
  readonly organisation: string;
  /** The name of who invited, where a person did. */
  readonly inviter?: string;
  /** The one-time link; built from the deployment's public URL, like every link in a mail. */
  readonly url: string;
  readonly expiresAt: Date;
}

export interface PasswordResetMessage {
  readonly kind: 'password-reset';
  readonly url: string;
  readonly expiresAt: Date;
}

export interface PasswordChangedMessage {
  readonly kind: 'password-changed';
}

export interface SecondFactorChangedMessage {
  readonly kind: 'second-factor-changed';
  readonly change: SecondFactorChange;
}

/** To every owner, whenever somebody goes past an enforced single sign-on. */
export interface BreakGlassUsedMessage {
  readonly kind: 'break-glass-used';
  readonly organisation: string;
  /** The address of who signed in. */
  readonly person: string;
  readonly at: Date;
  readonly address?: string;
  /** Where the second factor is so new that somebody who knows the password alone may have set it up. */
  readonly factorSetUpAt?: Date;
}

/** Asks a member to join the account to the identity at the identity provider, within 72 hours (LNK-2, LNK-3). */
export interface LinkRequestMessage {
  readonly kind: 'link-request';
  /** Who wants to know whether the letter arrived (LNK-4). */
  readonly requestId: LinkRequestId;
  readonly organisation: string;
  /** The label of the connection. */
  readonly connection: string;
  readonly url: string;
  readonly expiresAt: Date;
}

/** To the address of the account that somebody is about to join to an identity of another address (LNK-5). */
export interface LinkCodeMessage {
  readonly kind: 'link-code';
  readonly organisation: string;
  readonly connection: string;
  /** The address that the identity provider named, where it named one. */
  readonly identity?: string;
  readonly code: string;
  readonly expiresAt: Date;
}

/** Tells a person that the account can be entered by an identity provider from now on. */
export interface AccountLinkedMessage {
  readonly kind: 'account-linked';
  readonly organisation: string;
  readonly connection: string;
  readonly identity?: string;
  readonly at: Date;
}

/** To every owner: the proof of a domain is not where it was (DOM-8). */
export interface DomainMissingMessage {
  readonly kind: 'domain-missing';
  readonly organisation: string;
  readonly domain: string;
  readonly since: Date;
  readonly lapsesAt: Date;
  /** How many members have an address in it, and how many of them are not linked (DOM-9). */
  readonly members: number;
  readonly unlinked: number;
  /** The DNS record that is wanted. */
  readonly record: { readonly name: string; readonly value: string };
}

export interface DomainLapsedMessage {
  readonly kind: 'domain-lapsed';
  readonly organisation: string;
  readonly domain: string;
  /** How many members have an address in it, and how many of them are not linked (DOM-9). */
  readonly members: number;
  readonly unlinked: number;
  readonly record: { readonly name: string; readonly value: string };
}

export interface DomainRecoveredMessage {
  readonly kind: 'domain-recovered';
  readonly organisation: string;
  readonly domain: string;
}

/** What a notice about a certificate names it by. */
export interface NamedCertificate {
  readonly organisation: string;
  readonly connection: string;
  readonly subject: string;
  readonly fingerprint: string;
  readonly notAfter: Date;
}

/** To every owner, at 30, 14 and 7 days (CRT-2). */
export interface CertificateExpiringMessage extends NamedCertificate {
  readonly kind: 'certificate-expiring';
  readonly days: 30 | 14 | 7;
}

export interface CertificateExpiredMessage extends NamedCertificate {
  readonly kind: 'certificate-expired';
  /** Whether the connection refuses sign-ins by it, or goes on (CRT-7). */
  readonly refuses: boolean;
}

/** A certificate was taken over from the metadata of the identity provider (CRT-4). */
export interface CertificateSeenMessage extends NamedCertificate {
  readonly kind: 'certificate-seen';
}

/** The metadata of the identity provider changed in a way that was not taken over, or cannot be read any more (CRT-4). */
export interface MetadataRefusedMessage {
  readonly kind: 'metadata-refused';
  readonly organisation: string;
  readonly connection: string;
  /** What is wrong, as the API says it: in English. */
  readonly reason: string;
  readonly at: Date;
}

/** To every owner: an identity took on the address of another account, and was held where it was (LNK-11). */
export interface AddressCollisionMessage {
  readonly kind: 'address-collision';
  readonly organisation: string;
  readonly connection: string;
  /** The account whose identity provider names another address now. */
  readonly person: string;
  /** That other address. */
  readonly address: string;
}

/** To every owner, once a hold: a directory asked for more removals than are carried out without a word (SCM-8). */
export interface RemovalsHeldMessage {
  readonly kind: 'removals-held';
  readonly organisation: string;
  readonly directory: string;
  /** The address of the last owner, where that is whom the directory would take away. */
  readonly lastOwner?: string;
}

/** To every owner: a directory falls silent when its token ends (SCM-5). */
export interface DirectoryTokenExpiringMessage {
  readonly kind: 'directory-token-expiring';
  readonly organisation: string;
  readonly directory: string;
  /** The token's name. */
  readonly token: string;
  readonly days: number;
  readonly expiresAt: Date;
}

/** Every kind of mail, and what its text needs to know. A new kind gets a template and a reader: the compiler asks for both. */
export type MailMessage =
  | InvitationMessage
  | PasswordResetMessage
  | PasswordChangedMessage
  | SecondFactorChangedMessage
  | BreakGlassUsedMessage
  | LinkRequestMessage
  | LinkCodeMessage
  | AccountLinkedMessage
  | DomainMissingMessage
  | DomainLapsedMessage
  | DomainRecoveredMessage
  | CertificateExpiringMessage
  | CertificateExpiredMessage
  | CertificateSeenMessage
  | MetadataRefusedMessage
  | AddressCollisionMessage
  | RemovalsHeldMessage
  | DirectoryTokenExpiringMessage;

export type MailKind = MailMessage['kind'];
