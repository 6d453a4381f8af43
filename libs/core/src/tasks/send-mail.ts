import type { Clock } from '../shared/clock';
import { MailUndeliverable, type Mailer } from '../shared/mailer';
import { composeMail } from '../mail/compose-mail';
import { plainLetterhead, type Letterhead } from '../mail/letter';
import type { MailOutcomes } from '../mail/mail-outcomes';
import type { OutgoingMail } from '../mail/outgoing-mail';
import { TaskHopeless, type ClaimedTask, type TaskHandler } from './task';

/** Hands a letter to the mail server. It may arrive twice (under one Message-ID), but never not at all without a record. */
export class SendMail implements TaskHandler<'send-mail'> {
  constructor(
    private readonly mailer: Mailer,
    private readonly outcomes: MailOutcomes,
    private readonly clock: Clock,
    private readonly untold: (mail: OutgoingMail, error: unknown) => void,
    private readonly letterhead: Letterhead = plainLetterhead,
  ) {}

  async run({ payload: mail }: ClaimedTask<'send-mail'>): Promise<void> {
    this.#requireStillWanted(mail);
    await this.#send(mail);
    // Whatever is wrong with who wants to know it: the letter is on its way, and another attempt would send a second one.
    await this.outcomes.delivered(mail, this.clock.now()).catch((error: unknown) => this.untold(mail, error));
  }

  async abandoned({ payload: mail }: ClaimedTask<'send-mail'>, reason: string): Promise<void> {
    await this.outcomes.bounced(mail, reason, this.clock.now());
  }

  async #send(mail: OutgoingMail): Promise<void> {
    try {
      await this.mailer.send(composeMail(mail, this.letterhead));
    } catch (error) {
      throw error instanceof MailUndeliverable ? new TaskHopeless(error.message) : error;
    }
  }

  /** A link that no longer works would only puzzle who gets it. */
  #requireStillWanted({ message }: OutgoingMail): void {
    if ('expiresAt' in message && message.expiresAt <= this.clock.now())
      throw new TaskHopeless('The link in it has expired.');
  }
}
