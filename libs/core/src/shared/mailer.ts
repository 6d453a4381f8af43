import type { MailId } from './ids';

/** One mail to one person, in both forms; the sender is the deployment's. */
export interface Mail {
  readonly id: MailId;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** No second attempt would change this: the mailbox does not exist, or what was to be sent is no mail. */
export class MailUndeliverable extends Error {}

/** Hands mails to the deployment's mail server; a rejected promise means it was not taken and may be tried again. */
export abstract class Mailer {
  /** Throws `MailUndeliverable` where trying again is of no use. */
  abstract send(mail: Mail): Promise<void>;
}
