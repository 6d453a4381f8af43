import { SendMail, type TaskHandler } from '@gatehouse/core';
import { SmtpMailer } from '@gatehouse/core-network';
import { PostgresLinkMailOutcomes } from '@gatehouse/core-postgres';
import type { Config } from '../config';
import { NoMailServer } from '../jobs/no-mail-server';
import type { Parts } from './parts';

export function sendMail({ database, config, log, clock }: Parts): TaskHandler<'send-mail'> {
  if (!config.mail)
    log.warn('SMTP_URL is not set: mails wait in the queue, and each is given up after three days');
  return new SendMail({
    mailer: mailer(config),
    letterhead: config.letterhead,
    outcomes: new PostgresLinkMailOutcomes(database),
    clock,
    untold: ({ id }, error) =>
      log.error({ mail: { id }, err: error }, 'nobody was told that a mail was sent'),
  });
}

function mailer({ mail }: Config): SmtpMailer | NoMailServer {
  if (!mail) return new NoMailServer();
  const { smtpUrl: url, from, replyTo } = mail;
  return new SmtpMailer({ url, from, ...(replyTo !== undefined && { replyTo }) });
}
