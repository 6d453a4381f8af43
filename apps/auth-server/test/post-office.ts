import {
  Clock,
  KeyRing,
  Mailer,
  plainLetterhead,
  SendMail,
  type Mail,
  type MailOutcomes,
  type OutgoingMail,
} from '@gatehouse/core';
import { takeMails } from '@gatehouse/core-postgres/testing';
import { DataSource } from 'typeorm';
import type { Gatehouse } from './gatehouse';

const nobodyAsks: MailOutcomes = { delivered: async () => undefined, bounced: async () => undefined };

/** Empties a server's queue of mails, as the worker would, into a hand. */
export class PostOffice extends Mailer {
  private readonly mails: Mail[] = [];
  /** One round at a time: who asks in the middle of another's would miss what that one has in hand. */
  private round: Promise<void> = Promise.resolve();
  private readonly delivery: SendMail;

  constructor(
    private readonly gatehouse: Gatehouse,
    outcomes: MailOutcomes = nobodyAsks,
  ) {
    super();
    const untold = (_: OutgoingMail, error: unknown): never => {
      throw error;
    };
    const clock = gatehouse.app.get(Clock);
    this.delivery = new SendMail({ mailer: this, letterhead: plainLetterhead, outcomes, clock, untold });
  }

  async send(mail: Mail): Promise<void> {
    this.mails.push(mail);
  }

  /** All that was sent to this address, oldest first. */
  async to(address: string): Promise<readonly Mail[]> {
    this.round = this.round.then(() => this.empty());
    await this.round;
    return this.mails.filter(({ to }) => to === address);
  }

  /** The link in the newest mail to this address. */
  async linkTo(address: string): Promise<string> {
    const newest = (await this.to(address)).at(-1);
    const link = /https?:\/\/\S+/.exec(newest?.text ?? '')?.[0];
    if (link !== undefined) return link;
    throw new Error(`No mail to ${address} has a link.`);
  }

  private async empty(): Promise<void> {
    const { app } = this.gatehouse;
    const due = await takeMails(app.get(DataSource), app.get(KeyRing), app.get(Clock).now());
    for (const mail of due) await this.deliver(mail);
  }

  private deliver(mail: OutgoingMail): Promise<void> {
    const { id, createdAt } = mail;
    return this.delivery.run({ id, kind: 'send-mail', payload: mail, createdAt, attempts: 1 });
  }
}
