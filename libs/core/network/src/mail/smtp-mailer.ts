import { Mailer, SsoError, type Mail } from '@gatehouse/core';
import { createTransport } from 'nodemailer';

export interface SmtpMailerOptions {
  /** `smtp://user:password@host:port`, or `smtps://` for TLS from the first byte. */
  readonly url: string;
  /** The sender, as in `Gatehouse <no-reply@login.example>`. */
  readonly from: string;
  readonly timeoutMs?: number;
}

// One bare address: no display name, no list, nothing that could end a header line (CWE-93).
const oneAddress = /^[^\s@<>()[\],;:"\\\p{Cc}]+@[^\s@<>()[\],;:"\\\p{Cc}]+$/u;
const lineBreak = /[\p{Cc}\u2028\u2029]/u;

function refuseInjection({ to, subject }: Mail): void {
  if (!oneAddress.test(to))
    throw new SsoError('validation_failed', 'Send to one plain e-mail address.', { want: 'address' });
  if (lineBreak.test(subject))
    throw new SsoError('validation_failed', 'Keep the subject on one line.', { want: 'one line' });
}

function connect(url: string, timeoutMs: number) {
  return createTransport({
    url,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    // A template must never be able to attach a file of the server or of its network.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** Hands mails to an SMTP server; what the server answers to a refused mail reaches the caller as it came. */
export class SmtpMailer extends Mailer {
  private readonly transport: ReturnType<typeof connect>;

  constructor(private readonly options: SmtpMailerOptions) {
    super();
    this.transport = connect(options.url, options.timeoutMs ?? 10_000);
  }

  async send(mail: Mail): Promise<void> {
    refuseInjection(mail);
    const { to, subject, text, html } = mail;
    // RFC 3834 5: automatic replies (out of office) must not answer a mail that a machine sent.
    const headers = { 'Auto-Submitted': 'auto-generated' };
    await this.transport.sendMail({
      from: this.options.from,
      to: { name: '', address: to },
      subject,
      text,
      html,
      headers,
    });
  }
}
