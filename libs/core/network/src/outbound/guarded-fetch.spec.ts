import { allowing, aSite, aTlsSite, closeAll, text, toThisMachine } from '../../test/web-site';
import { GuardedFetch } from './guarded-fetch';

afterEach(closeAll);

describe('what GuardedFetch loads', () => {
  it('a document of a private host that the operator allowed, over plain http too [CRT-6]', async () => {
    const site = await aSite((_request, response) =>
      response.setHeader('content-type', 'text/xml').end('<a/>'),
    );
    const document = await allowing(site.host).get(`${site.url}/metadata?x=1#part`);
    expect(document).toMatchObject({ url: `${site.url}/metadata?x=1`, status: 200, contentType: 'text/xml' });
    expect(text(document.body)).toBe('<a/>');
  });

  it('over TLS, from the address that was resolved once [CRT-6]', async () => {
    const site = await aTlsSite('idp.example', (_request, response) => response.end('ok'));
    const resolve = jest.fn(toThisMachine);
    const document = await allowing(site.host, { resolve, authorities: [site.certificate] }).get(site.url);
    expect(text(document.body)).toBe('ok');
    expect(resolve).toHaveBeenCalledTimes(1);
  });

  it('with one fixed agent name, no cookies, and no compression asked for [CRT-6]', async () => {
    const site = await aSite(({ headers }, response) => {
      response.setHeader('set-cookie', 'a=b').end(JSON.stringify(headers));
    });
    const fetch = allowing(site.host);
    await fetch.get(site.url);
    const { body } = await fetch.get(site.url, { accept: 'application/json' });
    expect(JSON.parse(text(body))).toEqual({
      host: site.host,
      connection: 'keep-alive',
      accept: 'application/json',
      'accept-encoding': 'identity',
      'user-agent': 'Gatehouse',
    });
  });

  it('across two redirects, but not three [CRT-5] [CRT-6]', async () => {
    const site = await aSite(({ url }, response) => {
      const left = Number(url?.slice(1));
      if (left === 0) response.end('there');
      else response.writeHead(302, { location: `/${left - 1}` }).end();
    });
    const fetch = allowing(site.host);
    expect(await fetch.get(`${site.url}/2`)).toMatchObject({ url: `${site.url}/0` });
    await expect(fetch.get(`${site.url}/3`)).rejects.toMatchObject({
      code: 'metadata_unreachable',
      details: { reason: 'redirects' },
    });
  });
});

describe('what GuardedFetch refuses to connect to', () => {
  it.each([
    ['https://127.0.0.1/', 'private'],
    ['https://0177.0.0.1/', 'private'],
    ['https://0x7f000001/', 'private'],
    ['https://2130706433/', 'private'],
    ['https://0.0.0.0/', 'private'],
    ['https://169.254.169.254/latest/meta-data', 'private'],
    ['https://[::1]/', 'private'],
    ['https://[::ffff:10.0.0.1]/', 'private'],
    ['https://[64:ff9b::10.0.0.1]/', 'private'],
    ['https://localhost/', 'private'],
    ['https://localhost./', 'private'],
    ['https://idp.example/', 'private'],
    ['http://idp.example/', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['https://user:secret@idp.example/', 'credentials'],
    ['idp.example/metadata', 'malformed'],
  ])('%s (%s) [CRT-5] [CRT-6]', async (url, reason) => {
    const refusal = await new GuardedFetch({ resolve: toThisMachine })
      .get(url)
      .catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'address_not_allowed', details: { reason } });
    expect(JSON.stringify(refusal)).not.toContain('secret');
  });

  it('another port of a host that was allowed with its port [CRT-6]', async () => {
    const [site, other] = [
      await aSite((_, response) => response.end()),
      await aSite((_, response) => response.end()),
    ];
    await expect(allowing(site.host).get(`https://${other.host}/`)).rejects.toMatchObject({
      code: 'address_not_allowed',
    });
  });

  it.each(['literal', 'name'])('a redirect to a private address given as a %s [CRT-6]', async (form) => {
    const hits = jest.fn();
    const inside = await aSite((_request, response) => response.end(hits()));
    const location =
      form === 'literal' ? `https://${inside.host}/` : `https://inside.example:${inside.port}/`;
    const site = await aSite((_request, response) => response.writeHead(302, { location }).end());
    await expect(allowing(site.host).get(site.url)).rejects.toMatchObject({
      code: 'address_not_allowed',
      details: { reason: 'private' },
    });
    expect(hits).not.toHaveBeenCalled();
  });

  it('a redirect down to plain http [CRT-6]', async () => {
    const site = await aSite((_, response) =>
      response.writeHead(302, { location: 'http://idp.example/' }).end(),
    );
    await expect(allowing(site.host).get(site.url)).rejects.toMatchObject({ details: { reason: 'scheme' } });
  });

  it('a name that the operator allowed once it leads to a cloud metadata service [CRT-6]', async () => {
    const resolve = async () => [{ address: '169.254.169.254', family: 4 }];
    await expect(allowing('idp.example:443', { resolve }).get('https://idp.example/')).rejects.toMatchObject({
      code: 'address_not_allowed',
    });
  });
});
