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

/** Every kind of mail, and what its text needs to know. A new kind gets a template and a reader: the compiler asks for both. */
export type MailMessage =
  | InvitationMessage
  | PasswordResetMessage
  | PasswordChangedMessage
  | SecondFactorChangedMessage
  | BreakGlassUsedMessage;

export type MailKind = MailMessage['kind'];
