import { Chance, Clock, KeyRing, Mailer, SendMails, type Mail } from '@gatehouse/core';
import { PostgresMailStore } from '@gatehouse/core-postgres';
import { DataSource } from 'typeorm';
import type { Gatehouse } from './gatehouse';

/** Empties a server's queue of mails, as the worker would, into a hand. */
export class PostOffice extends Mailer {
  private readonly mails: Mail[] = [];
  private readonly deliveries: SendMails;

  constructor({ app }: Gatehouse) {
    super();
    const store = new PostgresMailStore(app.get(DataSource), app.get(KeyRing), app.get(Chance));
    this.deliveries = new SendMails(store, this, app.get(Clock), ({ reason }) => {
      throw new Error(reason);
    });
  }

  async send(mail: Mail): Promise<void> {
    this.mails.push(mail);
  }

  /** All that was sent to this address, oldest first. */
  async to(address: string): Promise<readonly Mail[]> {
    await this.deliveries.run();
    return this.mails.filter(({ to }) => to === address);
  }

  /** The link in the newest mail to this address. */
  async linkTo(address: string): Promise<string> {
    const newest = (await this.to(address)).at(-1);
    const link = /https?:\/\/\S+/.exec(newest?.text ?? '')?.[0];
    if (link !== undefined) return link;
    throw new Error(`No mail to ${address} has a link.`);
  }
}
