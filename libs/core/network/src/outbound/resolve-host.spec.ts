import dns from 'node:dns/promises';
import { nameError, noError, serveDns, type Reply } from '../../test/dns-server';
import { GuardedFetch } from './guarded-fetch';
import { byDns } from './resolve-host';

const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));
afterEach(() => void jest.restoreAllMocks());

async function asking(rule: (name: string, type: string) => Reply) {
  const { server, close } = await serveDns(rule);
  closers.push(close);
  return byDns([server]);
}

function address(type: 'A' | 'AAAA', name: string, data: string): Reply {
  return { rcode: noError, answers: [{ type, name, data }] };
}

describe('the address of a host that anybody may have named', () => {
  it('is asked of name servers, in both families [CRT-6]', async () => {
    const resolve = await asking((name, type) =>
      type === 'A' ? address('A', name, '192.0.2.7') : address('AAAA', name, '2001:db8::7'),
    );
    await expect(resolve('idp.example')).resolves.toEqual([
      { address: '192.0.2.7', family: 4 },
      { address: '2001:db8::7', family: 6 },
    ]);
  });

  it('is there with one family alone, and absent where the name is [CRT-6]', async () => {
    const resolve = await asking((name, type) => {
      if (name !== 'idp.example') return { rcode: nameError };
      return type === 'A' ? address('A', name, '192.0.2.7') : { rcode: noError };
    });
    await expect(resolve('idp.example')).resolves.toEqual([{ address: '192.0.2.7', family: 4 }]);
    await expect(resolve('gone.example')).resolves.toEqual([]);
  });

  it('is not known where nobody answers, and this is told apart [CRT-5]', async () => {
    const resolve = await asking(() => undefined);
    await expect(resolve('slow.example')).rejects.toMatchObject({ code: 'EAI_AGAIN' });
  }, 20_000);

  it('holds no thread of the process while it waits; what the operator named is found as ever [CRT-6]', async () => {
    const lookup = jest.spyOn(dns, 'lookup');
    const fetch = new GuardedFetch({ allowedPrivateHosts: ['localhost:1'] });
    const dnsIsAtFault = { code: 'metadata_unreachable', details: { reason: 'dns' } };
    await expect(fetch.get('https://idp.absent.invalid/')).rejects.toMatchObject(dnsIsAtFault);
    expect(lookup).not.toHaveBeenCalled();
    await expect(fetch.get('https://localhost:1/')).rejects.toMatchObject({ code: 'metadata_unreachable' });
    expect(lookup).toHaveBeenCalledTimes(1);
  }, 20_000);
});
