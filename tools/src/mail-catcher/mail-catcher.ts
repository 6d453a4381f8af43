import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerSession } from 'smtp-server';
import { listen } from '../web/listen';
import { caughtMail } from './caught-mail';
import type { CaughtMail } from './caught-mail';
import { mailApp } from './mail-app';

export interface MailCatcherOptions {
  /** 0 (the default) takes a free port. */
  readonly smtpPort?: number;
  readonly pagePort?: number;
  /** How many mails are kept; 200 unless said. */
  readonly keep?: number;
  /** Between a mail's arrival and the word that it was taken. */
  readonly hesitate?: () => Promise<unknown>;
}

export interface MailCatcher {
  readonly smtpPort: number;
  readonly smtpUrl: string;
  readonly pageUrl: string;
  /** Newest first. */
  mails(): readonly CaughtMail[];
  clear(): void;
  close(): Promise<void>;
}

const KEPT = 200;

/** Takes any mail on 127.0.0.1 without a password, sends none on, and shows the last 200 on a page. */
export async function startMailCatcher(options: MailCatcherOptions = {}): Promise<MailCatcher> {
  const box = new MailBox(options.keep);
  const smtp = smtpInto(box, options.hesitate);
  const smtpPort = await listenSmtp(smtp, options.smtpPort ?? 0);
  const page = await listen(
    mailApp(() => box.mails),
    options.pagePort ?? 0,
  ).catch(async (error: unknown) => {
    await closed(smtp);
    throw error;
  });
  return {
    smtpPort,
    smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
    pageUrl: page.url,
    mails: () => box.mails,
    clear: () => box.clear(),
    close: async () => {
      await Promise.all([page.close(), closed(smtp)]);
    },
  };
}

class MailBox {
  mails: readonly CaughtMail[] = [];
  private count = 0;

  constructor(private readonly keep = KEPT) {}

  async take(session: SMTPServerSession, stream: Readable): Promise<void> {
    const { mailFrom, rcptTo } = session.envelope;
    const raw = await buffer(stream);
    const from = mailFrom ? mailFrom.address : '';
    const to = rcptTo.map(({ address }) => address);
    this.count += 1;
    const mail = await caughtMail({ id: this.count, at: new Date(), from, to }, raw);
    this.mails = [mail, ...this.mails].slice(0, this.keep);
  }

  clear(): void {
    this.mails = [];
  }
}

async function noPause(): Promise<void> {}

function smtpInto(box: MailBox, hesitate: () => Promise<unknown> = noPause): SMTPServer {
  return new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData: (stream, session, done) => {
      box
        .take(session, stream)
        .then(hesitate)
        .then(
          () => done(),
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
        );
    },
  });
}

async function listenSmtp(smtp: SMTPServer, port: number): Promise<number> {
  const listening = once(smtp.server, 'listening');
  smtp.listen(port, '127.0.0.1');
  await listening;
  // Without a listener a broken connection would end the process.
  smtp.on('error', () => undefined);
  const address = smtp.server.address();
  if (address === null || typeof address === 'string') throw new Error('The mail server listens on no port');
  return address.port;
}

function closed(smtp: SMTPServer): Promise<void> {
  return new Promise((resolve) => smtp.close(resolve));
}
