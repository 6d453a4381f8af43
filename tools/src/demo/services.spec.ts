import { mkdtempSync, rmSync } from 'node:fs';
import { Resolver } from 'node:dns/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HttpBrowser } from '../http-browser';
import { listen } from '../web/listen';
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

async function settingsAt(GATEHOUSE_URL: string) {
  const [IDP_PORT, DNS_PORT] = [await aFreePort(), await aFreePort()];
  const [SMTP_PORT, MAIL_PORT] = [await aFreePort(), await aFreePort()];
  const ports = { IDP_PORT, DNS_PORT, SMTP_PORT, MAIL_PORT };
  return { ...ports, GATEHOUSE_DEMO_DIR: folder, GATEHOUSE_URL };
}

it('keeps the certificate and the DNS records over a restart', async () => {
  const settings = await settingsAt('http://localhost:9');
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

it('asks Gatehouse alone for the metadata of a service that somebody leaves [SML-11]', async () => {
  const asked: string[] = [];
  const gatehouse = await listen((request, response) => {
    asked.push(String(request.url));
    response.writeHead(302, { location: '/elsewhere' }).end();
  }, 0);
  const services = await startServices(await settingsAt(`${gatehouse.url}/`));
  const browser = new HttpBrowser();
  const connections = `${gatehouse.url}/saml/metadata/`;
  for (const service of [`${gatehouse.url}/private`, `${connections}../x`, `${connections}conn_1`]) {
    const xml = `<p:AuthnRequest xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" ID="_7" AssertionConsumerServiceURL="http://a.example"><a:Issuer xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion">${service}</a:Issuer></p:AuthnRequest>`;
    await browser.post(`${services.idpUrl}/sso`, { SAMLRequest: Buffer.from(xml).toString('base64') });
    await browser.press('ben@acme.example');
  }
  await browser.get(services.idpUrl);
  const { text } = await browser.press('Sign out everywhere');
  expect(text.match(/is no connection of this demo/g)).toHaveLength(2);
  expect(text).toContain('Not signed out everywhere');
  expect(asked).toEqual(['/saml/metadata/conn_1']);
  await Promise.all([services.close(), gatehouse.close()]);
});
