import { mkdtempSync, rmSync } from 'node:fs';
import { Resolver } from 'node:dns/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HttpBrowser } from '../http-browser';
import { startServices } from './services';

const folder = mkdtempSync(join(tmpdir(), 'demo with spaces-'));
const name = '_gatehouse-challenge.acme.example';

afterAll(() => rmSync(folder, { recursive: true }));

async function aFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function post(url: string, body: unknown): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

it('keeps the certificate and the DNS records over a restart', async () => {
  const [IDP_PORT, DNS_PORT, SMTP_PORT, MAIL_PORT] = [
    await aFreePort(),
    await aFreePort(),
    await aFreePort(),
    await aFreePort(),
  ];
  const ports = { IDP_PORT, DNS_PORT, SMTP_PORT, MAIL_PORT };
  const settings = { ...ports, GATEHOUSE_DEMO_DIR: folder, GATEHOUSE_URL: 'http://localhost:9' };
  const first = await startServices(settings);
  const metadata = (await new HttpBrowser().get(`${first.idpUrl}/metadata`)).text;
  expect((await post(`${first.idpUrl}/dns-records`, { name, type: 'TXT', records: ['proof'] })).status).toBe(
    204,
  );
  await first.close();

  const second = await startServices(settings);
  const resolver = new Resolver({ timeout: 500, tries: 1 });
  resolver.setServers([second.dnsAddress]);
  expect(await resolver.resolveTxt(name)).toEqual([['proof']]);
  expect((await new HttpBrowser().get(`${second.idpUrl}/metadata`)).text).toBe(metadata);
  expect((await post(`${second.idpUrl}/dns-records`, { name: '', type: 'TXT' })).status).toBe(400);
  expect((await new HttpBrowser().get(second.mailUrl)).status).toBe(200);
  await second.close();
});
