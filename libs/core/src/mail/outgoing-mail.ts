import type { MailId } from '../shared/ids';
import type { MailMessage } from './mail-message';

/** The languages in which mails are written. */
export const mailLanguages = ['en', 'de', 'fr'] as const;

export type MailLanguage = (typeof mailLanguages)[number];

/** One letter to one person: what it says is told here, how it says it by the templates when it is sent. */
export interface OutgoingMail {
  readonly id: MailId;
  /** One bare address. */
  readonly to: string;
  /** Absent where nobody knows the reader's: then it is written in the deployment's. */
  readonly language?: MailLanguage;
  readonly message: MailMessage;
  readonly createdAt: Date;
}
