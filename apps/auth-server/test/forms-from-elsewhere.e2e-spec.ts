import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { RequestMethod } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import { Gatehouse } from './gatehouse';

let gatehouse: Gatehouse;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
}, 60_000);

afterAll(() => gatehouse?.stop());

/** Answered to whoever proves itself in the message: identity providers post from their own pages, programs have keys. */
const forOthers = /^(?:api|saml|oidc)\//;

/** Every address that takes a form, as Nest has them. */
function formAddresses(): string[] {
  const reflector = gatehouse.app.get(Reflector);
  const controllers = new DiscoveryService(gatehouse.app.get(ModulesContainer)).getControllers();
  return controllers.flatMap(({ metatype }) => {
    if (!metatype) return [];
    const base = String(reflector.get(PATH_METADATA, metatype));
    return new MetadataScanner().getAllMethodNames(metatype.prototype).flatMap((name) => {
      const handler: unknown = Reflect.get(metatype.prototype, name);
      if (typeof handler !== 'function') return [];
      const method: unknown = reflector.get(METHOD_METADATA, handler);
      if (method === undefined || method === RequestMethod.GET) return [];
      const path = `${base}/${String(reflector.get(PATH_METADATA, handler))}`.replaceAll(/\/+/g, '/');
      return forOthers.test(path) ? [] : [path.replace(/\/$/, '').replaceAll(/:\w+/g, 'x')];
    });
  });
}

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
    const addresses = formAddresses();
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
    for (const address of formAddresses())
      expect([address, (await post(address, own))[1]]).toEqual([
        address,
        expect.not.stringContaining('flow_other_browser'),
      ]);
  });
});
