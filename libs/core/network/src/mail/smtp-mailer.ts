import { rootCertificates } from 'node:tls';
import { Mailer, MailUndeliverable, type Mail } from '@gatehouse/core';
import { createTransport } from 'nodemailer';
import { readSmtpAddress } from './smtp-address';
import { mailboxIsBad } from './smtp-refusal';

export interface SmtpMailerOptions {
  /** `smtp://user:password@host:port`, or `smtps://` for TLS from the first byte. */
  readonly url: string;
  /** The sender, as in `Gatehouse <no-reply@login.example>`. */
  readonly from: string;
  /** Whom answers reach; without it they go to the sender. */
  readonly replyTo?: string;
  readonly timeoutMs?: number;
  /** Certificates of authorities to trust beside the usual ones. */
  readonly authorities?: readonly string[];
}

// One bare address: no display name, no list, nothing that could end a header line (CWE-93).
const oneAddress = /^[^\s@<>()[\],;:"\\\p{Cc}]+@[^\s@<>()[\],;:"\\\p{Cc}]+$/u;
const lineBreak = /[\p{Cc}\u2028\u2029]/u;
const thisMachine = new Set(['localhost', '127.0.0.1', '::1']);

function refuseInjection({ to, subject }: Mail): void {
  if (!oneAddress.test(to)) throw new MailUndeliverable('It is not for one plain e-mail address.');
  if (lineBreak.test(subject)) throw new MailUndeliverable('Its subject is not one line.');
}

function connect({ url, timeoutMs = 10_000, authorities }: SmtpMailerOptions) {
  const address = readSmtpAddress(url);
  if (!address) throw new Error('Name the mail server as smtp://user:password@host:port or smtps://….');
  return createTransport({
    ...address,
    // RFC 8314 3: mails carry one-time links, so they leave this machine through TLS or not at all.
    requireTLS: !thisMachine.has(address.host),
    ...(authorities && { tls: { ca: [...rootCertificates, ...authorities] } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    // Longer, so that a server that never says a word is told apart from one that fell silent.
    socketTimeout: 2 * timeoutMs,
    dnsTimeout: timeoutMs,
    // A template must never be able to attach a file of the server or of its network.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** Hands mails to an SMTP server; what the server answers to a refused mail reaches the caller as it came. */
export class SmtpMailer extends Mailer {
  private readonly transport: ReturnType<typeof connect>;
  private readonly domain: string;

  constructor(private readonly options: SmtpMailerOptions) {
    super();
    this.transport = connect(options);
    this.domain = /@([^\s@>]+)>?\s*$/.exec(options.from)?.[1] ?? 'localhost';
  }

  async send(mail: Mail): Promise<void> {
    refuseInjection(mail);
    try {
      await this.transport.sendMail(this.#message(mail));
    } catch (error) {
      if (mailboxIsBad(error)) throw new MailUndeliverable(error.message, { cause: error });
      throw error;
    }
  }

  #message({ id, to, subject, text, html }: Mail) {
    return {
      from: this.options.from,
      to: { name: '', address: to },
      ...(this.options.replyTo !== undefined && { replyTo: this.options.replyTo }),
      // A mail that is sent again after a fault keeps its name, by which mailboxes recognise it.
      messageId: `<${id}@${this.domain}>`,
      subject,
      text,
      html,
      // RFC 3834 5: automatic replies (out of office) must not answer a mail that a machine sent.
      headers: { 'Auto-Submitted': 'auto-generated' },
    };
  }
}
