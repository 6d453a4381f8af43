import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { createTransport } from 'nodemailer';
import { startMailCatcher } from '../mail-catcher';
import { listen } from '../web/listen';
import { DemoFiles } from './demo-files';
import { ManagementApi } from './management-api';
import { DEMO_PASSWORD } from './people';
import { seedPeople } from './seed-people';

const folder = mkdtempSync(join(tmpdir(), 'demo-people-'));
const closers: (() => Promise<void>)[] = [];

afterAll(async () => {
  await Promise.all(closers.map((close) => close()));
  rmSync(folder, { recursive: true });
});

/** As much of Gatehouse as the seed uses: it mails links, and takes passwords by them. */
async function aServer() {
  const mail = await startMailCatcher();
  const transport = createTransport({ host: '127.0.0.1', port: mail.smtpPort });
  const passwords: Record<string, string> = {};
  const calls: string[] = [];
  let hasLinked = false;
  const invitations: { id: string; email: string; standing: string }[] = [];
  const app = express().use(express.json(), express.urlencoded({ extended: false }));
  app.use('/api/v1', ({ method, path }, _, next) => {
    if (method === 'POST') calls.push(path);
    next();
  });
  app.post(['/api/v1/tenants', '/api/v1/tenants/:slug/members'], (_, response) => {
    response.status(invitations.length > 0 ? 409 : 201).json({});
  });
  app.get('/api/v1/tenants/acme/members', (_, response) => {
    response.json({ items: [{ id: 'mem_1', email: 'chloe@acme.example', linked: hasLinked }] });
  });
  app.post('/api/v1/tenants/acme/linking/requests/mem_1', (_, response) => {
    hasLinked = true;
    response.status(201).json({});
  });
  app.get('/api/v1/tenants/globex/invitations', (_, response) => void response.json({ items: invitations }));
  app.post('/api/v1/tenants/globex/invitations', ({ body }, response) => {
    invitations.push({ id: 'inv_1', email: body.email, standing: 'open' });
    response.json({});
  });
  app.post('/api/v1/tenants/globex/invitations/inv_1/resend', (_, response) => {
    response.status(429).json({});
  });
  app.get('/login/reset', (_, response) => {
    response.send('<form method="post"><input name="email"><button>Send</button></form>');
  });
  app.post('/login/reset', async ({ body: { email } }, response) => {
    const text = `Choose:\n${server.url}/login/reset/${Buffer.from(email).toString('hex')}\n`;
    await transport.sendMail({ from: 'a@b.example', to: email, subject: 'Choose a new password', text });
    response.send('sent');
  });
  app.get('/login/reset/:token', (_, response) => {
    response.send('<form method="post"><input name="password"><button>Save</button></form>');
  });
  app.post('/login/reset/:token', ({ params, body }, response) => {
    passwords[Buffer.from(params.token, 'hex').toString()] = body.password;
    response.send('done');
  });
  const server = await listen(app, 0);
  closers.push(server.close, mail.close, async () => transport.close());
  return { url: server.url, mailUrl: mail.pageUrl, passwords, calls };
}

it('gives people passwords by the mails that they get, once, asks her to link who has not, and keeps an invitation open [LNK-2]', async () => {
  const server = await aServer();
  const api = new ManagementApi(server.url, 'k');
  const files = new DemoFiles(folder);
  const settings = { GATEHOUSE_URL: server.url, MAIL_URL: server.mailUrl };
  await seedPeople(api, settings, files);
  expect(server.passwords).toEqual({
    'ana@acme.example': DEMO_PASSWORD,
    'cora@globex.example': DEMO_PASSWORD,
    'chloe@acme.example': DEMO_PASSWORD,
  });
  expect(server.calls).toContain('/tenants/acme/linking/requests/mem_1');
  expect(server.calls).toContain('/tenants/globex/invitations');

  server.passwords['ana@acme.example'] = 'changed since';
  server.calls.length = 0;
  await seedPeople(api, settings, files);
  expect(server.passwords['ana@acme.example']).toBe('changed since');
  expect(server.calls).toEqual([
    ...['/tenants', '/tenants/globex/members', '/tenants/acme/members', '/tenants/acme/members'],
    '/tenants/globex/invitations/inv_1/resend',
  ]);
});
