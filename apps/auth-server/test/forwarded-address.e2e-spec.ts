import { asRecord, Gatehouse, operatorKey, text } from './gatehouse';

const servers: Gatehouse[] = [];
afterAll(() => Promise.all(servers.map((server) => server.stop())));

async function aServer(trustedProxies: readonly string[]): Promise<Gatehouse> {
  const server = await Gatehouse.start({ trustedProxies });
  servers.push(server);
  return server;
}

/** Where the server says that a call came from, by which tries are counted and which audit rows name. */
async function addressOf(server: Gatehouse, forwardedFor: string): Promise<string> {
  const slug = `t${Math.random().toString(36).slice(2)}`;
  await fetch(`${server.url}/api/v1/tenants`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${operatorKey}`,
      'content-type': 'application/json',
      'x-forwarded-for': forwardedFor,
      forwarded: 'for=192.0.2.66',
      'x-real-ip': '192.0.2.66',
      'x-client-ip': '192.0.2.66',
    },
    body: JSON.stringify({ slug, name: slug }),
  });
  const [made] = await server.audit(slug);
  return text(asRecord(made?.['actor'])['address']);
}

describe('the network address of a caller', () => {
  it('is that of the connection where no proxy is trusted, whatever headers say [SEC-1]', async () => {
    const server = await aServer([]);
    for (const claimed of ['198.51.100.7', '198.51.100.7, 127.0.0.1', '::1', 'localhost', ''])
      expect(await addressOf(server, claimed)).toMatch(/^(?:::ffff:)?127\.0\.0\.1$/);
  }, 60_000);

  it('is what the last trusted proxy saw: what stands before it is anybody’s word [SEC-1]', async () => {
    const server = await aServer(['loopback', '10.0.0.0/8']);
    for (const claimed of [
      '203.0.113.9',
      '198.51.100.7, 203.0.113.9',
      '127.0.0.1, 10.1.1.1, 203.0.113.9',
      '198.51.100.7, 203.0.113.9, 10.2.3.4',
    ])
      expect([claimed, await addressOf(server, claimed)]).toEqual([claimed, '203.0.113.9']);
  }, 60_000);
});
