import { Gatehouse } from './gatehouse';
import { pageRoutes } from './page-routes';

let gatehouse: Gatehouse;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
}, 60_000);

afterAll(() => gatehouse?.stop());

async function post(path: string, headers: Readonly<Record<string, string>>): Promise<[number, string]> {
  const answer = await fetch(`${gatehouse.url}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: 'password=x',
  });
  return [answer.status, await answer.text()];
}

describe('every form that we take', () => {
  it('is refused when another site sends it, before anything of it is read [SEC-2]', async () => {
    const addresses = pageRoutes(gatehouse, 'sent to');
    expect(addresses.length).toBeGreaterThanOrEqual(30);
    expect(addresses).toEqual(expect.arrayContaining(['account/security/password', 'invitations/x/join']));
    const evil = 'https://evil.example';
    for (const headers of [
      { 'sec-fetch-site': 'cross-site', origin: evil },
      { 'sec-fetch-site': 'same-site', origin: 'https://other.localhost' },
      { 'sec-fetch-site': 'cross-site', origin: 'null' },
      { origin: evil },
    ])
      for (const address of addresses) {
        const [status, said] = await post(address, headers);
        expect([address, headers, status]).toEqual([address, headers, 403]);
        expect(said).toContain('flow_other_browser');
      }
  });

  it('is looked at when our own page sends it [SEC-2]', async () => {
    const own = { 'sec-fetch-site': 'same-origin', origin: 'null' };
    for (const address of pageRoutes(gatehouse, 'sent to'))
      expect([address, (await post(address, own))[1]]).toEqual([
        address,
        expect.not.stringContaining('flow_other_browser'),
      ]);
  });
});

describe('every page of ours', () => {
  it('is shown in no frame, read by no other site, named to none, and kept by no cache [SEC-2]', async () => {
    const addresses = pageRoutes(gatehouse, 'opened').filter((each) => !/^(?:healthz|readyz)$/.test(each));
    expect(addresses).toEqual(expect.arrayContaining(['account/security', 'invitations/x', 'login/reset/x']));
    for (const address of addresses) {
      const { headers, status } = await fetch(`${gatehouse.url}/${address}`, {
        redirect: 'manual',
        headers: { accept: 'text/html', origin: 'https://evil.example' },
      });
      const said = (name: string) => headers.get(name) ?? '';
      expect([address, said('content-security-policy')]).toEqual([
        address,
        expect.stringMatching(/frame-ancestors 'none'/),
      ]);
      expect([address, said('content-security-policy').includes('unsafe')]).toEqual([address, false]);
      expect([address, said('x-frame-options'), said('referrer-policy')]).toEqual([
        ...[address, 'DENY', 'no-referrer'],
      ]);
      // RFC 9110 15.1: no cache keeps a 303 by itself.
      expect([address, status === 303 || said('cache-control') === 'no-store']).toEqual([address, true]);
      expect([address, said('access-control-allow-origin'), said('x-content-type-options')]).toEqual([
        ...[address, '', 'nosniff'],
      ]);
    }
  });
});
