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

describe('where GuardedFetch follows a redirect to', () => {
  it('is up to who asks, who sees the address that it leads to [DOM-2]', async () => {
    const asked: string[] = [];
    const site = await aSite(({ url = '' }, response) => {
      asked.push(url);
      if (url === '/there') response.end('there');
      else response.writeHead(302, { location: '/there' }).end();
    });
    const fetch = allowing(site.host);
    const follows = jest.fn(({ pathname }: URL) => pathname !== '/there');
    await expect(fetch.get(`${site.url}/a`, { follows })).rejects.toMatchObject({
      code: 'metadata_unreachable',
      details: { reason: 'elsewhere', got: site.url },
    });
    expect(follows.mock.calls.map(([{ href }]) => href)).toEqual([`${site.url}/there`]);
    expect(asked).toEqual(['/a']);
    expect(await fetch.get(`${site.url}/a`, { follows: () => true })).toMatchObject({
      url: `${site.url}/there`,
    });
  });
});

describe('what GuardedFetch refuses to connect to', () => {
  it.each([
    ['https://127.0.0.1/', 'private'],
    ['https://0177.0.0.1/', 'private'],
    ['https://0x7f000001/', 'private'],
    ['https://2130706433/', 'private'],
    ['https://0x7f.1/', 'private'],
    ['https://127.1/', 'private'],
    ['https://①②⑦.⓪.⓪.①/', 'private'],
    ['https://127。0。0。1/', 'private'],
    ['https://0.0.0.0/', 'private'],
    ['https://169.254.169.254/latest/meta-data', 'private'],
    ['https://[::1]/', 'private'],
    ['https://[::]/', 'private'],
    ['https://[::ffff:10.0.0.1]/', 'private'],
    ['https://[::ffff:a9fe:a9fe]/', 'private'],
    ['https://[0:0:0:0:0:ffff:7f00:1]/', 'private'],
    ['https://[64:ff9b::a9fe:a9fe]/', 'private'],
    ['https://[2002:7f00:1::1]/', 'private'],
    ['https://[2001:0:7f00:1::1]/', 'private'],
    ['https://[fd00:ec2::254]/', 'private'],
    ['https://[fe80::1]/', 'private'],
    ['https://[fe80::1%25eth0]/', 'malformed'],
    ['https://[fe80::1%eth0]/', 'malformed'],
    ['https://[64:ff9b::10.0.0.1]/', 'private'],
    ['https://localhost/', 'private'],
    ['https://localhost./', 'private'],
    ['https://idp.example/', 'private'],
    ['http://idp.example/', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['gopher://idp.example/', 'scheme'],
    ['https://idp.example:22/', 'port'],
    ['https://idp.example:25/', 'port'],
    ['https://idp.example:80/', 'port'],
    ['https://idp.example:65536/', 'malformed'],
    ['https:idp.example:8443/', 'private'],
    ['https://idp.example\\@127.0.0.1/', 'private'],
    ['https://@127.0.0.1/', 'private'],
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

  it('a name that was public when it was looked up first, at the second hop [CRT-6]', async () => {
    const site = await aSite((_request, response) => response.writeHead(302, { location: '/again' }).end());
    const answers = ['127.0.0.1', '169.254.169.254'];
    const resolve = jest.fn(async () => [{ address: answers.shift() ?? '', family: 4 }]);
    const fetch = allowing(`idp.example:${site.port}`, { resolve });
    await expect(fetch.get(`http://idp.example:${site.port}/`)).rejects.toMatchObject({
      code: 'address_not_allowed',
      details: { reason: 'private', host: 'idp.example' },
    });
    expect(resolve).toHaveBeenCalledTimes(2);
  });

  it.each(['169.254.169.254', '10.0.0.1', 'fe80::1%eth0', '::ffff:127.0.0.1', 'nonsense'])(
    'a public name that resolves to %s, and says nothing of where it led [CRT-6]',
    async (address) => {
      const resolve = async () => [{ address, family: address.includes(':') ? 6 : 4 }];
      const refusal = await new GuardedFetch({ resolve })
        .get('https://idp.example/')
        .catch((error: unknown) => error);
      expect(refusal).toMatchObject({
        code: expect.stringMatching(/^(address_not_allowed|metadata_unreachable)$/),
      });
      expect(JSON.stringify(refusal) + String(refusal)).not.toContain(address);
    },
  );

  it.each([
    ['a file', 'file:///etc/passwd', 'scheme'],
    ['an address with a password', 'https://a:b@idp.example/', 'credentials'],
    ['a port of another service', 'https://idp.example:25/', 'port'],
    ['something that is no address', 'https://[/', 'malformed'],
  ])('a redirect to %s [CRT-6]', async (_what, location, reason) => {
    const site = await aSite((_request, response) => response.writeHead(301, { location }).end());
    await expect(allowing(site.host).get(site.url)).rejects.toMatchObject({ details: { reason } });
  });

  it('a name that the operator allowed once it leads to a cloud metadata service [CRT-6]', async () => {
    const resolve = async () => [{ address: '169.254.169.254', family: 4 }];
    await expect(allowing('idp.example:443', { resolve }).get('https://idp.example/')).rejects.toMatchObject({
      code: 'address_not_allowed',
    });
  });
});
