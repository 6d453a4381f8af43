import type { OutgoingMail } from './outgoing-mail';

/** Is told what became of a letter, for who has to show it (LNK-4). Called again for the same letter, it changes nothing. */
export abstract class MailOutcomes {
  abstract delivered(mail: OutgoingMail, at: Date): Promise<void>;
  /** The mail server refused it for good, or did not take it for days. */
  abstract bounced(mail: OutgoingMail, reason: string, at: Date): Promise<void>;
}
