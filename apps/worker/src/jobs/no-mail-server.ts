import { Mailer } from '@gatehouse/core';

/** Where no mail server is named: takes no mail, so that all of them wait for the day that one is. */
export class NoMailServer extends Mailer {
  async send(): Promise<void> {
    throw new Error('SMTP_URL is not set.');
  }
}
