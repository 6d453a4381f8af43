import type { LookupAddress } from 'node:dns';
import { checkedLookup } from './checked-lookup';
import { isPublicAddress } from './public-address';

const open: LookupAddress = { address: '8.8.8.8', family: 4 };
const inside: LookupAddress = { address: '10.0.0.1', family: 4 };

function lookUp(lookup: ReturnType<typeof checkedLookup>, all: boolean) {
  return new Promise((resolve, reject) => {
    lookup('idp.example', { all }, (error, address) => (error ? reject(error) : resolve(address)));
  });
}

describe('checkedLookup', () => {
  it.each([
    [true, [open]],
    [false, '8.8.8.8'],
  ])('hands the socket what was checked (all addresses: %p) [CRT-6]', async (all, expected) => {
    await expect(
      lookUp(
        checkedLookup(async () => [open], isPublicAddress),
        all,
      ),
    ).resolves.toEqual(expected);
  });

  it('asks once for each connection and judges that very answer, so rebinding gains nothing [CRT-6]', async () => {
    const answers = [[open], [inside]];
    const resolve = jest.fn(async () => answers.shift() ?? []);
    const lookup = checkedLookup(resolve, isPublicAddress);
    await expect(lookUp(lookup, true)).resolves.toEqual([open]);
    expect(resolve).toHaveBeenCalledTimes(1);
    await expect(lookUp(lookup, true)).rejects.toMatchObject({ code: 'address_not_allowed' });
  });

  it.each([true, false])(
    'refuses a name with one private address among public ones (all: %p) [CRT-6]',
    async (all) => {
      const lookup = checkedLookup(async () => [open, inside], isPublicAddress);
      const refusal = await lookUp(lookup, all).catch((error: unknown) => error);
      expect(refusal).toMatchObject({
        code: 'address_not_allowed',
        details: { reason: 'private', host: 'idp.example' },
      });
      expect(JSON.stringify(refusal)).not.toContain('10.0.0.1');
    },
  );

  it('reports a name without addresses as not found [CRT-5]', async () => {
    await expect(
      lookUp(
        checkedLookup(async () => [], isPublicAddress),
        true,
      ),
    ).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });
});
