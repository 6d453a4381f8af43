import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
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

async function aMailServer(refuse?: string) {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: (_address, _session, callback) => callback(refuse === undefined ? null : new Error(refuse)),
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
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  closers.push(() => server.close());
  return { received, url: `smtp://127.0.0.1:${portOf(server.server.address())}` };
}

const from = 'Gatehouse <no-reply@login.example>';
const aMail = {
  to: 'jane@acme.example',
  subject: 'Grüße: your code',
  text: 'Code 123',
  html: '<p>Code <b>123</b></p>',
};

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
    await expect(new SmtpMailer({ url, from }).send({ ...aMail, ...change })).rejects.toMatchObject({
      code: 'validation_failed',
    });
    expect(received).toEqual([]);
  });

  it('rejects when the server does not take the mail', async () => {
    const { url } = await aMailServer('mailbox full');
    await expect(new SmtpMailer({ url, from }).send(aMail)).rejects.toThrow('mailbox full');
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
