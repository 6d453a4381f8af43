import type { Clock } from '../shared/clock';
import { MailUndeliverable, type Mailer } from '../shared/mailer';
import { composeMail } from '../mail/compose-mail';
import type { Letterhead } from '../mail/letter';
import type { MailOutcomes } from '../mail/mail-outcomes';
import type { OutgoingMail } from '../mail/outgoing-mail';
import { TaskHopeless, type ClaimedTask, type TaskHandler } from './task';

/** What sending letters needs, by name. */
export interface MailRoom {
  readonly mailer: Mailer;
  readonly letterhead: Letterhead;
  readonly outcomes: MailOutcomes;
  readonly clock: Clock;
  /** Is told where nobody could be told that a letter was sent. */
  readonly untold: (mail: OutgoingMail, error: unknown) => void;
}

/** Hands a letter to the mail server. It may arrive twice (under one Message-ID), but never not at all without a record. */
export class SendMail implements TaskHandler<'send-mail'> {
  constructor(private readonly room: MailRoom) {}

  async run({ payload: mail }: ClaimedTask<'send-mail'>): Promise<void> {
    this.#requireStillWanted(mail);
    await this.#send(mail);
    // Whatever is wrong with who wants to know it: the letter is on its way, and another attempt would send a second one.
    await this.room.outcomes
      .delivered(mail, this.room.clock.now())
      .catch((error: unknown) => this.room.untold(mail, error));
  }

  async abandoned({ payload: mail }: ClaimedTask<'send-mail'>, reason: string): Promise<void> {
    await this.room.outcomes.bounced(mail, reason, this.room.clock.now());
  }

  async #send(mail: OutgoingMail): Promise<void> {
    try {
      await this.room.mailer.send(composeMail(mail, this.room.letterhead));
    } catch (error) {
      throw error instanceof MailUndeliverable ? new TaskHopeless(error.message) : error;
    }
  }

  /** A link that no longer works would only puzzle who gets it. */
  #requireStillWanted({ message }: OutgoingMail): void {
    if ('expiresAt' in message && message.expiresAt <= this.room.clock.now())
      throw new TaskHopeless('The link in it has expired.');
  }
}
