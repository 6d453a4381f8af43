import { once } from 'node:events';
import { createServer } from 'node:net';
import { portOf } from '../../test/web-server';
import { allowing, aSite, aTlsSite, closeAll, closers } from '../../test/web-site';
import { fetchFailure } from './fetch-failure';
import { GuardedFetch } from './guarded-fetch';

afterEach(closeAll);

describe('how GuardedFetch tells reasons apart', () => {
  const failed = (code: string) => Object.assign(new Error('refused'), { code });
  const reasonOf = (fetching: Promise<unknown>) => expect(fetching).rejects;

  it('a host name that does not exist [CRT-5]', async () => {
    const resolve = () => Promise.reject(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }));
    await reasonOf(new GuardedFetch({ resolve }).get('https://idp.example/')).toMatchObject({
      code: 'metadata_unreachable',
      details: { reason: 'dns', host: 'idp.example' },
    });
  });

  it('a port where nothing listens [CRT-5]', async () => {
    const site = await aSite(() => undefined);
    closers.splice(0).forEach((close) => close());
    await reasonOf(allowing(site.host).get(site.url)).toMatchObject({ details: { reason: 'refused' } });
  });

  it('a certificate that nobody we trust has signed [CRT-5]', async () => {
    const site = await aTlsSite('idp.example', (_request, response) => response.end());
    await reasonOf(allowing(site.host).get(site.url)).toMatchObject({
      code: 'metadata_unreachable',
      details: { reason: 'tls', tls: 'self-signed', got: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    });
  });

  it('a certificate for another name [CRT-5]', async () => {
    const site = await aTlsSite('other.example', (_request, response) => response.end());
    const [url, host] = [site.url, site.host].map((value) => value.replace('other', 'idp'));
    const fetch = allowing(host ?? '', { authorities: [site.certificate] });
    await reasonOf(fetch.get(url ?? '')).toMatchObject({ details: { reason: 'tls', tls: 'wrong-host' } });
  });

  it.each([
    ['expired', ['2019-01-01', '2020-01-01']],
    ['not-yet-valid', ['2190-01-01', '2190-02-01']],
  ] as const)('a certificate that is %s [CRT-5]', async (fault, [from, until]) => {
    const validity = { from: new Date(from), until: new Date(until) };
    const site = await aTlsSite('idp.example', (_request, response) => response.end(), validity);
    const refusal = allowing(site.host, { authorities: [site.certificate] }).get(site.url);
    await reasonOf(refusal).toMatchObject({ details: { reason: 'tls', tls: fault } });
  });

  it('a certificate of an authority that nobody knows [CRT-5]', () => {
    expect(fetchFailure(failed('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'idp.example', 1)).toMatchObject({
      details: { reason: 'tls', tls: 'unknown-issuer' },
    });
  });

  it('plain http where TLS is expected [CRT-5]', async () => {
    const site = await aSite((_request, response) => response.end());
    await reasonOf(allowing(site.host).get(`https://${site.host}/`)).toMatchObject({
      details: { reason: 'tls', tls: 'handshake' },
    });
  });

  it.each([404, 503, 304])('the status %i [CRT-5]', async (status) => {
    const site = await aSite((_request, response) => response.writeHead(status).end('internal page'));
    const refusal = await allowing(site.host)
      .get(site.url)
      .catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      code: 'metadata_unreachable',
      details: { reason: 'status', status, got: `HTTP status ${status}` },
    });
    expect(JSON.stringify(refusal)).not.toContain('internal page');
  });

  it('a connection that breaks off [CRT-5]', async () => {
    const site = await aSite(({ socket }) => socket.destroy());
    await reasonOf(allowing(site.host).get(site.url)).toMatchObject({ details: { reason: 'unreachable' } });
  });

  it('a server that does not speak HTTP [CRT-5]', async () => {
    const server = createServer((socket) => socket.end('220 mail.example ESMTP\r\n'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closers.push(() => server.close());
    const host = `127.0.0.1:${portOf(server)}`;
    await reasonOf(allowing(host).get(`http://${host}/`)).toMatchObject({ details: { reason: 'protocol' } });
  });
});
