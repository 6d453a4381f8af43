import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { allowing, aSite, closeAll, closers, text } from '../../test/web-site';
import { GuardedFetch } from './guarded-fetch';

afterEach(closeAll);

describe('how GuardedFetch bounds what it loads', () => {
  it('refuses a body over the limit, announced or not [CRT-6]', async () => {
    const body = Buffer.alloc(1024 * 1024 + 1, 'x');
    const announced = await aSite((_, response) => response.end(body));
    const streamed = await aSite((_, response) =>
      response.writeHead(200, { 'transfer-encoding': 'chunked' }).end(body),
    );
    await expect(allowing(announced.host).get(announced.url)).rejects.toMatchObject({
      code: 'response_too_large',
    });
    await expect(allowing(streamed.host).get(streamed.url, { maxBytes: 10 ** 9 })).rejects.toMatchObject({
      code: 'response_too_large',
    });
  });

  it('takes a body of exactly the limit [CRT-6]', async () => {
    const site = await aSite((_, response) => response.end('12345'));
    await expect(allowing(site.host).get(site.url, { maxBytes: 5 })).resolves.toMatchObject({ status: 200 });
    await expect(allowing(site.host).get(site.url, { maxBytes: 4 })).rejects.toMatchObject({
      code: 'response_too_large',
    });
  });

  it('counts a compressed body as it unfolds [CRT-6]', async () => {
    const site = await aSite(({ url }, response) => {
      response
        .setHeader('content-encoding', 'gzip')
        .end(gzipSync(url === '/bomb' ? Buffer.alloc(2 ** 24) : 'small'));
    });
    const fetch = allowing(site.host);
    expect(text((await fetch.get(site.url)).body)).toBe('small');
    await expect(fetch.get(`${site.url}/bomb`)).rejects.toMatchObject({ code: 'response_too_large' });
  });

  it.each([
    ['never answers', () => undefined],
    ['stops within the body', (_request, response) => response.write('<a')],
    [
      'drips its body',
      (_request, response) => {
        const timer = setInterval(() => response.write('x'), 20);
        closers.push(() => clearInterval(timer));
      },
    ],
  ] satisfies [string, RequestListener][])(
    'gives up on a server that %s [CRT-5] [CRT-6]',
    async (_what, listener) => {
      const site = await aSite(listener);
      await expect(allowing(site.host).get(site.url, { timeoutMs: 150 })).rejects.toMatchObject({
        code: 'network_timeout',
      });
    },
  );

  it('gives up after five seconds, whatever more a caller would wait [CRT-6]', async () => {
    const site = await aSite((_request, response) => response.write('<a'));
    const began = Date.now();
    await expect(allowing(site.host).get(site.url, { timeoutMs: 60_000 })).rejects.toMatchObject({
      code: 'network_timeout',
      details: { want: 5_000 },
    });
    expect(Date.now() - began).toBeGreaterThan(4_900);
  }, 10_000);

  it('counts the time of all redirects together [CRT-6]', async () => {
    const site = await aSite((_request, response) => {
      setTimeout(() => response.writeHead(302, { location: '/' }).end(), 100);
    });
    await expect(allowing(site.host).get(site.url, { timeoutMs: 150 })).rejects.toMatchObject({
      code: 'network_timeout',
    });
  });

  it('gives up on a resolver that never answers [CRT-6]', async () => {
    const fetch = new GuardedFetch({ resolve: () => new Promise(() => undefined) });
    await expect(fetch.get('https://idp.example/', { timeoutMs: 100 })).rejects.toMatchObject({
      code: 'network_timeout',
    });
  });
});
