import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { MailUndeliverable } from '@gatehouse/core';
import PostalMime from 'postal-mime';
import { generate } from 'selfsigned';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { SmtpMailer } from './smtp-mailer';

interface Received {
  readonly recipients: string[];
  readonly raw: string;
}

const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  return address.port;
}

const plain: SMTPServerOptions = { disabledCommands: ['STARTTLS', 'AUTH'] };

async function aMailServer(options = plain, host = '127.0.0.1') {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        received.push({
          recipients: session.envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString(),
        });
        callback();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  server.listen(0, host);
  await once(server.server, 'listening');
  closers.push(() => server.close());
  const port = portOf(server.server.address());
  return { received, port, url: `smtp://127.0.0.1:${port}` };
}

const from = 'Gatehouse <no-reply@login.example>';
const aMail = {
  id: 'mail_1',
  to: 'jane@acme.example',
  subject: 'Grüße: your code',
  text: 'Code 123',
  html: '<p>Code <b>123</b></p>',
} as const;

describe('SmtpMailer', () => {
  it('delivers text and HTML to one person, marked as sent by a machine', async () => {
    const { received, url } = await aMailServer();
    await new SmtpMailer({ url, from }).send(aMail);
    const [mail] = received;
    const parsed = await PostalMime.parse(mail?.raw ?? '');
    expect(mail?.recipients).toEqual(['jane@acme.example']);
    expect(parsed).toMatchObject({
      subject: aMail.subject,
      from: { name: 'Gatehouse', address: 'no-reply@login.example' },
    });
    expect([parsed.text?.trim(), parsed.html?.trim()]).toEqual([aMail.text, aMail.html]);
    expect(mail?.raw).toMatch(/^Auto-Submitted: auto-generated\r$/m);
  });

  it.each([
    ['a second header in the subject', { subject: 'Hello\r\nBcc: eve@evil.example' }],
    ['a second header in the address', { to: 'jane@acme.example\r\nBcc: eve@evil.example' }],
    ['a second address', { to: 'jane@acme.example,eve@evil.example' }],
    ['a display name', { to: 'Jane <jane@acme.example>' }],
    ['a group', { to: 'all:jane@acme.example;' }],
  ])('refuses %s and sends nothing', async (_what, change) => {
    const { received, url } = await aMailServer();
    const sending = new SmtpMailer({ url, from }).send({ ...aMail, ...change });
    await expect(sending).rejects.toThrow(MailUndeliverable);
    expect(received).toEqual([]);
  });

  it.each([
    ['451 4.7.1 greylisted', Error],
    ['554 5.7.1 relay access denied', Error],
    ['550 mailbox unavailable', Error],
    ['552 5.2.2 mailbox full', Error],
    ['550 5.1.1 no such mailbox', MailUndeliverable],
  ])(
    'rejects when the server does not take the mail, and knows what will never change: %s',
    async (said, kind) => {
      const onRcptTo: SMTPServerOptions['onRcptTo'] = (_address, _session, callback) =>
        callback(Object.assign(new Error(said.slice(4)), { responseCode: Number(said.slice(0, 3)) }));
      const { url } = await aMailServer({ disabledCommands: ['STARTTLS', 'AUTH'], onRcptTo });
      const refusal = await new SmtpMailer({ url, from }).send(aMail).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(kind);
      expect(refusal instanceof MailUndeliverable).toBe(kind === MailUndeliverable);
      expect(String(refusal)).toContain(said.slice(4));
    },
  );

  it('gives a mail the same name each time it is sent', async () => {
    const { received, url } = await aMailServer();
    const mailer = new SmtpMailer({ url, from });
    await mailer.send(aMail);
    await mailer.send(aMail);
    for (const { raw } of received) expect(raw).toMatch(/^Message-ID: <mail_1@login\.example>\r$/im);
    expect(received).toHaveLength(2);
  });

  it('keeps that name where the server had the whole mail and did not say that it took it [WRK-2]', async () => {
    const names: string[] = [];
    const { url } = await aMailServer({
      ...plain,
      onData: (stream, _session, callback) => {
        let raw = '';
        stream.on('data', (chunk: Buffer) => (raw += chunk.toString()));
        stream.on('end', () => {
          names.push(/^Message-ID: (.*)\r$/im.exec(raw)?.[1] ?? 'none');
          // RFC 5321 6.1: a client that hears nothing must send again, so the same mail may come twice.
          if (names.length > 1) callback();
          else callback(Object.assign(new Error('going down'), { responseCode: 421 }));
        });
      },
    });
    const mailer = new SmtpMailer({ url, from });
    await expect(mailer.send(aMail)).rejects.toThrow('going down');
    await mailer.send(aMail);
    expect(names).toEqual(['<mail_1@login.example>', '<mail_1@login.example>']);
  });

  it('names where answers go, if somebody reads them', async () => {
    const { received, url } = await aMailServer();
    await new SmtpMailer({ url, from, replyTo: 'Help <help@tideline.example>' }).send(aMail);
    await new SmtpMailer({ url, from }).send(aMail);
    expect(received.map(({ raw }) => /^Reply-To: (.*)\r$/im.exec(raw)?.[1])).toEqual([
      'Help <help@tideline.example>',
      undefined,
    ]);
  });

  it('gives up on a server that never greets', async () => {
    const silent = createServer((socket) => closers.push(() => socket.destroy()));
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    closers.push(() => silent.close());
    const url = `smtp://127.0.0.1:${portOf(silent.address())}`;
    await expect(new SmtpMailer({ url, from, timeoutMs: 150 }).send(aMail)).rejects.toThrow(/greeting/i);
  });
});

describe('SmtpMailer beyond this machine', () => {
  // Any address but the usual names of this machine counts as another one.
  const there = '127.0.0.2';
  const elsewhere = (port: number) => `smtp://postman:secret@${there}:${port}`;

  async function aServerWithTls() {
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'mail.test' }], {
      keyType: 'ec',
      extensions: [
        { name: 'basicConstraints', cA: true, critical: true },
        { name: 'subjectAltName', altNames: [{ type: 7, ip: there }] },
      ],
    });
    const signedIn: unknown[] = [];
    const onAuth: SMTPServerOptions['onAuth'] = ({ password }, _session, callback) => {
      signedIn.push(password);
      callback(null, { user: 'postman' });
    };
    return { ...(await aMailServer({ key, cert, onAuth }, there)), signedIn, cert };
  }

  it('sends neither mail nor password to a server without TLS', async () => {
    const said: unknown[] = [];
    const onAuth: SMTPServerOptions['onAuth'] = ({ password }, _session, callback) => {
      said.push(password);
      callback(null, { user: 'postman' });
    };
    const { received, port } = await aMailServer(
      { disabledCommands: ['STARTTLS'], allowInsecureAuth: true, onAuth },
      there,
    );
    await expect(new SmtpMailer({ url: elsewhere(port), from }).send(aMail)).rejects.toThrow(/TLS/i);
    expect([received, said]).toEqual([[], []]);
  });

  it('sends neither to a server whose certificate nobody vouches for', async () => {
    const { received, port, signedIn } = await aServerWithTls();
    await expect(new SmtpMailer({ url: elsewhere(port), from }).send(aMail)).rejects.toThrow(/certificate/i);
    expect([received, signedIn]).toEqual([[], []]);
  });

  it('signs in and delivers through TLS', async () => {
    const { received, port, signedIn, cert } = await aServerWithTls();
    await new SmtpMailer({ url: elsewhere(port), from, authorities: [cert] }).send(aMail);
    expect(received.map(({ recipients }) => recipients)).toEqual([['jane@acme.example']]);
    expect(signedIn).toEqual(['secret']);
  });
});
