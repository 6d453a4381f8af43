import { createTransport } from 'nodemailer';
import { HttpBrowser } from '../http-browser';
import { startMailCatcher } from './index';
import type { MailCatcher } from './index';

let catcher: MailCatcher;

beforeAll(async () => {
  catcher = await startMailCatcher();
});

afterAll(() => catcher.close());
beforeEach(() => catcher.clear());

async function send(subject: string): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: catcher.smtpPort });
  await transport.sendMail({
    from: 'Gatehouse <no-reply@gatehouse.example>',
    to: 'ana@acme.example',
    bcc: 'audit@acme.example',
    subject,
    text: 'Grüße & a link',
    html: '<p>Grüße <script>alert(1)</script></p>',
  });
  transport.close();
}

it('keeps what was sent, newest first', async () => {
  await send('first');
  await send('second <b>');
  expect(catcher.mails()).toMatchObject([
    { subject: 'second <b>', to: ['ana@acme.example', 'audit@acme.example'] },
    { subject: 'first', from: 'no-reply@gatehouse.example' },
  ]);
  expect(catcher.mails()[0]?.text).toContain('Grüße & a link');
});

it('offers the mails as JSON', async () => {
  await send('as JSON');
  const page = await new HttpBrowser().get(`${catcher.pageUrl}/mails.json`);
  expect(page.json()).toEqual([...catcher.mails()]);
});

it('lists and shows mails without letting their HTML run', async () => {
  await send('shown <b>');
  const id = catcher.mails()[0]?.id;
  const browser = new HttpBrowser();
  expect((await browser.get(catcher.pageUrl)).text).toContain(`<a href="/mails/${id}">shown &lt;b&gt;</a>`);
  const shown = await browser.get(`${catcher.pageUrl}/mails/${id}`);
  expect(shown.text).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
  const part = await browser.get(`${catcher.pageUrl}/mails/${id}/html`);
  expect(part.text).toContain('Grüße');
  expect(part.headers['content-security-policy']).toMatch(/default-src 'none'.*sandbox allow-popups /);
});

it('opens what a mail leads to in a tab of its own, for no server lets itself be framed [OPS-1]', async () => {
  await send('with a link');
  const part = await new HttpBrowser().get(`${catcher.pageUrl}/mails/${catcher.mails()[0]?.id}/html`);
  expect(part.text).toMatch(/^<base target="_blank"><p>Grüße/);
});

it('answers 404 for a mail it does not keep', async () => {
  expect((await new HttpBrowser().get(`${catcher.pageUrl}/mails/999`)).status).toBe(404);
});

it('keeps the last 200 only', async () => {
  const transport = createTransport({ host: '127.0.0.1', port: catcher.smtpPort, pool: true });
  const numbers = Array.from({ length: 203 }, (_, index) => index);
  await Promise.all(
    numbers.map((n) =>
      transport.sendMail({ from: 'a@b.example', to: 'c@d.example', subject: `${n}`, text: 'x' }),
    ),
  );
  transport.close();
  expect(catcher.mails()).toHaveLength(200);
});
