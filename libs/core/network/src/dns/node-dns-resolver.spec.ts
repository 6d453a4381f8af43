import { nameError, noError, refused, serveDns, serverFailure, type Reply } from '../../test/dns-server';
import { NodeDnsResolver } from './node-dns-resolver';

const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

async function aResolver(rule: (name: string, type: string) => Reply) {
  const { server, close } = await serveDns(rule);
  closers.push(close);
  return new NodeDnsResolver({ servers: [server], timeoutMs: 150, tries: 1 });
}

function txt(name: string, ...records: string[][]): Reply {
  return { rcode: noError, answers: records.map((data) => ({ type: 'TXT', name, data })) };
}

const nothing: Reply = { rcode: noError };

describe('NodeDnsResolver', () => {
  it('joins the strings of one record and keeps records apart [DOM-7]', async () => {
    const resolver = await aResolver((name, type) =>
      type === 'TXT' ? txt(name, ['gatehouse-', 'verify=1'], ['other']) : nothing,
    );
    const answer = await resolver.txt('acme.example');
    expect(answer).toEqual({
      kind: 'records',
      values: expect.arrayContaining(['gatehouse-verify=1', 'other']),
    });
  });

  it('tells a name that does not exist from one without TXT records [DOM-7]', async () => {
    const resolver = await aResolver((name) => (name.startsWith('gone.') ? { rcode: nameError } : nothing));
    expect(await resolver.txt('gone.acme.example')).toEqual({ kind: 'absent' });
    expect(await resolver.txt('acme.example')).toEqual({ kind: 'empty' });
  });

  it('names the CNAME that stands in the way [DOM-7]', async () => {
    const alias: Reply = {
      rcode: noError,
      answers: [{ type: 'CNAME', name: '_gatehouse-challenge.acme.example', data: 'Parked.Host.example' }],
    };
    const resolver = await aResolver(() => alias);
    const name = '_gatehouse-challenge.acme.example';
    expect(await resolver.txt(name)).toEqual({ kind: 'empty' });
    expect(await resolver.canonicalName(name)).toBe('parked.host.example');
  });

  it.each([
    ['server-failure', { rcode: serverFailure }],
    ['refused', { rcode: refused }],
    ['timeout', undefined],
  ])('reports the fault of the resolver as %s, not as a missing record [DOM-7]', async (reason, reply) => {
    const resolver = await aResolver(() => reply);
    expect(await resolver.txt('acme.example')).toEqual({ kind: 'failed', reason });
  });

  it('reports a resolver that is not there [DOM-7]', async () => {
    const { server, close } = await serveDns(() => nothing);
    close();
    const resolver = new NodeDnsResolver({ servers: [server], timeoutMs: 150, tries: 1 });
    expect(await resolver.txt('acme.example')).toMatchObject({ kind: 'failed' });
  });

  it('names none where there is none, and where the question for it fails [DOM-7]', async () => {
    for (const reply of [nothing, { rcode: serverFailure }, { rcode: nameError }]) {
      const resolver = await aResolver(() => reply);
      expect(await resolver.canonicalName('acme.example')).toBeUndefined();
    }
  });

  it('keeps at most 50 records of at most 4 KiB [DOM-7]', async () => {
    const long = Array.from({ length: 20 }, () => 'x'.repeat(250));
    const many = await aResolver((name, type) =>
      type === 'TXT' ? txt(name, ...Array.from({ length: 60 }, (_, i) => [`v${i}`])) : nothing,
    );
    const big = await aResolver((name, type) => (type === 'TXT' ? txt(name, long) : nothing));
    const [records, oversize] = [await many.txt('acme.example'), await big.txt('acme.example')];
    expect(records).toMatchObject({ kind: 'records', values: { length: 50 } });
    expect(oversize).toEqual({ kind: 'records', values: ['x'.repeat(4096)] });
  });
});
