import { shippedProofs } from '@gatehouse/core';
import { toThisMachine } from '../../test/web-site';
import { NodeDnsResolver } from '../dns/node-dns-resolver';
import { GuardedFetch } from './guarded-fetch';

describe('the page of a domain', () => {
  it('is fetched like anything else whose address a tenant chose: from the public internet only [DOM-2] [CRT-6]', async () => {
    const resolve = jest.fn(toThisMachine);
    const proofs = shippedProofs(new NodeDnsResolver(), new GuardedFetch({ resolve }));
    await expect(proofs.of('meta-tag').check('acme.example', ['abc'])).resolves.toMatchObject({
      outcome: 'unavailable',
      refusal: {
        code: 'domain_page_unavailable',
        message: expect.stringContaining('not on the public internet'),
        details: { cause: 'address_not_allowed' },
      },
    });
    expect(resolve.mock.calls).toEqual([['acme.example'], ['acme.example']]);
  });
});
