import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { HttpBrowser, formsOf } from './index';

const servers: Server[] = [];

async function aSite(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}

/** Answers with what arrived, as JSON. */
async function echo(request: IncomingMessage): Promise<string> {
  const { method, url, headers } = request;
  return JSON.stringify({
    method,
    url,
    cookie: headers.cookie,
    origin: headers.origin,
    site: headers['sec-fetch-site'],
    body: await text(request),
  });
}

afterAll(() => servers.forEach((server) => server.close()));

it('keeps cookies, follows redirects one by one and records them', async () => {
  const site = await aSite((request, response) => {
    if (request.url === '/')
      response
        .writeHead(303, { location: '/next?a=1', 'set-cookie': '__Host-s=1; Secure; Path=/; HttpOnly' })
        .end();
    else void echo(request).then((body) => response.end(body));
  });
  const browser = new HttpBrowser();
  const page = await browser.get(`${site}/`);
  expect(page.json()).toMatchObject({ method: 'GET', url: '/next?a=1', cookie: '__Host-s=1', site: 'none' });
  expect(browser.history.map(({ status, location }) => [status, location])).toEqual([
    [303, '/next?a=1'],
    [200, undefined],
  ]);
});

it('forgets a cookie that the server lets expire', async () => {
  const site = await aSite((request, response) => {
    response.setHeader('set-cookie', request.url === '/in' ? 's=1; Path=/' : 's=; Path=/; Max-Age=0').end();
  });
  const browser = new HttpBrowser();
  await browser.get(`${site}/in`);
  expect(browser.cookies.list(site)).toEqual({ s: '1' });
  await browser.get(`${site}/out`);
  expect(browser.cookies.list(site)).toEqual({});
});

it('brings only SameSite=None cookies to a post from another site, and Lax ones to the GET after it', async () => {
  const target = await aSite((request, response) => {
    if (request.url === '/set')
      return void response
        .setHeader('set-cookie', [
          'lax=1; Path=/; SameSite=Lax',
          'none=1; Path=/; SameSite=None; Secure',
          'strict=1; Path=/; SameSite=Strict',
        ])
        .end();
    if (request.url === '/acs')
      return void response
        .writeHead(303, { location: `/after?saw=${encodeURIComponent(request.headers.cookie ?? '')}` })
        .end();
    void echo(request).then((body) => response.end(body));
  });
  const other = await aSite((_, response) => {
    response.end(
      `<form method="post" action="${target}/acs"><input name="x" value="1"><button>Go on</button></form>`,
    );
  });
  const browser = new HttpBrowser();
  await browser.get(`${target}/set`);
  await browser.get(other);
  const page = await browser.press('Go on');
  expect(page.json()).toMatchObject({
    url: '/after?saw=none%3D1',
    cookie: 'lax=1; none=1',
    site: 'cross-site',
  });
});

it('submits a form with its own fields, the given ones and the button pressed', async () => {
  const site = await aSite((request, response) => {
    if (request.method === 'POST') return void echo(request).then((body) => response.end(body));
    response.end(
      '<form method="POST" action="/go"><input type=hidden name="t" value="a&amp;b"><input name="email"><input type="checkbox" name="no"><button name="who" value="ana">As <b>Ana</b></button></form>',
    );
  });
  const browser = new HttpBrowser();
  await browser.get(site);
  const page = await browser.press('As Ana', { email: 'ana@acme.example' });
  expect(page.json()).toMatchObject({
    origin: site,
    site: 'same-origin',
    body: 't=a%26b&email=ana%40acme.example&who=ana',
  });
});

it('reaches other hosts through an origin, which sees the host that was asked', async () => {
  const site = await aSite((request, response) => {
    const cookie = request.url === '/first' ? { 'set-cookie': 'a=1; Path=/' } : {};
    response.writeHead(200, cookie).end(`${request.headers.host} ${request.headers.cookie ?? 'none'}`);
  });
  const through = ({ hostname }: URL) => (hostname.endsWith('.example') ? site : undefined);
  const browser = new HttpBrowser({ through });
  expect((await browser.get('https://one.example/first')).text).toBe('one.example none');
  expect((await browser.get('https://one.example/')).text).toBe('one.example a=1');
  expect((await browser.get('https://two.example/')).text).toBe('two.example none');
  expect((await browser.get(site)).text).toBe(`${new URL(site).host} none`);
});

it('stops before a redirect that it was told not to follow', async () => {
  const site = await aSite(
    (_, response) => void response.writeHead(302, { location: 'http://app.example/callback?code=1' }).end(),
  );
  const browser = new HttpBrowser({ follow: (url) => !url.startsWith('http://app.example/') });
  const page = await browser.get(site);
  expect([page.status, page.location]).toEqual([302, 'http://app.example/callback?code=1']);
});

it('gives up on a redirect loop', async () => {
  const site = await aSite((_, response) => void response.writeHead(302, { location: '/' }).end());
  await expect(new HttpBrowser({ maxRedirects: 3 }).get(site)).rejects.toThrow('More than 3 redirects');
});

it('reads forms with relative, absent and absolute actions', () => {
  const html =
    '<form action="b"></form><form></form><form action="https://x.example/" method=post><select name=s><option value=1><option value=2 selected></select></form>';
  const forms = formsOf(html, 'http://h.example/a/p?q=1');
  expect(forms.map(({ action }) => action)).toEqual([
    'http://h.example/a/b',
    'http://h.example/a/p?q=1',
    'https://x.example/',
  ]);
  expect(forms[2]?.fields).toEqual({ s: '2' });
});
