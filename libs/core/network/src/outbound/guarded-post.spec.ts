import type { RequestListener } from 'node:http';
import { aSite, aTlsSite, closeAll, closers, toThisMachine } from '../../test/web-site';
import { GuardedPost } from './guarded-post';

afterEach(closeAll);

const posting = (host: string) => new GuardedPost({ allowedPrivateHosts: [host], resolve: toThisMachine });

describe('what GuardedPost sends', () => {
  it('is a form, and of the answer it takes the status alone [APP-1]', async () => {
    const seen: unknown[] = [];
    const site = await aSite((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const { 'content-type': type, cookie, authorization } = request.headers;
        const body = Buffer.concat(parts).toString();
        seen.push([request.method, request.url, type, cookie, authorization, body]);
        response.writeHead(204, { 'set-cookie': 'a=b' }).end();
      });
    });
    const post = posting(site.host);
    expect(await post.post(`${site.url}/ended?x=1`, { logout_token: 'a.b&c' }, 1000)).toBe(204);
    expect(await post.post(`${site.url}/ended?x=1`, { logout_token: 'a.b&c' }, 1000)).toBe(204);
    const form = 'application/x-www-form-urlencoded';
    const once = ['POST', '/ended?x=1', form, undefined, undefined, 'logout_token=a.b%26c'];
    expect(seen).toEqual([once, once]);
  });

  it('goes over TLS to the name that the certificate names [APP-1]', async () => {
    const site = await aTlsSite('app.example', (_request, response) => response.end());
    const options = { allowedPrivateHosts: [site.host], resolve: toThisMachine };
    const trusting = new GuardedPost({ ...options, authorities: [site.certificate] });
    expect(await trusting.post(site.url, {}, 1000)).toBe(200);
    await expect(new GuardedPost(options).post(site.url, {}, 1000)).rejects.toMatchObject({
      code: 'metadata_unreachable',
      details: { reason: 'tls' },
    });
  });

  it.each([301, 302, 303, 307, 308])('follows no redirect (%s) [APP-1]', async (status) => {
    const asked: unknown[] = [];
    const site = await aSite(({ url }, response) => {
      asked.push(url);
      response.writeHead(status, { location: '/elsewhere' }).end();
    });
    expect(await posting(site.host).post(`${site.url}/ended`, {}, 1000)).toBe(status);
    expect(asked).toEqual(['/ended']);
  });

  it('does not wait for an answer without end, and hangs up [APP-1]', async () => {
    const hungUp: Promise<void>[] = [];
    const site = await aSite((_request, response) => {
      hungUp.push(new Promise((resolve) => response.on('close', resolve)));
      response.on('error', () => undefined);
      const more = () => (response.destroyed ? undefined : response.write('x'.repeat(1000)));
      const timer = setInterval(more, 5);
      closers.push(() => clearInterval(timer));
    });
    expect(await posting(site.host).post(site.url, {}, 60_000)).toBe(200);
    await Promise.all(hungUp);
    expect(hungUp).toHaveLength(1);
  });

  it('gives up on a server that never answers [APP-1]', async () => {
    const silent: RequestListener = () => undefined;
    const site = await aSite(silent);
    await expect(posting(site.host).post(site.url, {}, 100)).rejects.toMatchObject({
      code: 'network_timeout',
    });
  });

  it('says that nobody listens [APP-1]', async () => {
    const site = await aSite(() => undefined);
    closeAll();
    await expect(posting(site.host).post(site.url, {}, 1000)).rejects.toMatchObject({
      details: { reason: 'refused' },
    });
  });

  it.each(['https://127.0.0.1/', 'https://[::1]/', 'https://inside.example/', 'http://app.example/'])(
    'never goes to %s, unless the operator allowed it [APP-1]',
    async (url) => {
      await expect(new GuardedPost({ resolve: toThisMachine }).post(url, {}, 1000)).rejects.toMatchObject({
        code: 'address_not_allowed',
      });
    },
  );
});
