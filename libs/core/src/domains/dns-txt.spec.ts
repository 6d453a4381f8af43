import type { TxtAnswer } from '../shared/dns-resolver';
import { ToldDns } from '../testing/told-network';
import { dnsTxtProof } from './dns-txt';

const domain = 'acme.example';
const challenge = `_gatehouse-challenge.${domain}`;
let dns: ToldDns;
beforeEach(() => {
  dns = new ToldDns();
});

describe('the proof by DNS', () => {
  const check = (...tokens: [string, ...string[]]) => dnsTxtProof(dns).check(domain, tokens);

  it('is found at the domain itself as well, and asks no more than it needs [DOM-1]', async () => {
    dns.records(domain, 'v=spf1 -all', ' gatehouse-verify=abc ');
    await expect(check('abc')).resolves.toMatchObject({ outcome: 'found' });
    dns.records(challenge, 'gatehouse-verify=abc');
    dns.asked.length = 0;
    await check('abc');
    expect(dns.asked).toEqual([challenge]);
  });

  it('tells a name that is not there from one without TXT records [DOM-7]', async () => {
    await expect(check('abc')).resolves.toMatchObject({ refusal: { code: 'dns_name_absent' } });
    dns.answers.set(challenge, { kind: 'empty' });
    await expect(check('abc')).resolves.toMatchObject({ refusal: { code: 'domain_proof_missing' } });
  });

  it.each([
    ['another value of ours at the domain itself', domain, 'gatehouse-verify=old'],
    [
      'the name to which the console appended the domain again',
      `${challenge}.${domain}`,
      'gatehouse-verify=abc',
    ],
  ])('says that it stands elsewhere: %s [DOM-7]', async (_, name, value) => {
    dns.records(name, value);
    await expect(check('abc')).resolves.toMatchObject({
      outcome: 'elsewhere',
      refusal: {
        code: 'domain_proof_elsewhere',
        details: { lookedUp: challenge, foundAt: name, got: [value] },
      },
    });
  });

  it.each<TxtAnswer>([{ kind: 'absent' }, { kind: 'empty' }, { kind: 'records', values: ['v=spf1 -all'] }])(
    'names the CNAME in the way of the record [DOM-7]',
    async (answer) => {
      dns.answers.set(challenge, answer);
      dns.aliases.set(challenge, 'parked.host.example');
      await expect(check('abc')).resolves.toMatchObject({
        refusal: { code: 'domain_proof_alias', details: { canonicalName: 'parked.host.example' } },
      });
    },
  );

  it('does not mind a CNAME that leads to the value [DOM-1]', async () => {
    dns.records(challenge, 'gatehouse-verify=abc');
    dns.aliases.set(challenge, 'proofs.host.example');
    await expect(check('abc')).resolves.toMatchObject({ outcome: 'found' });
  });

  it.each(['timeout', 'server-failure', 'refused', 'unreachable', 'malformed'] as const)(
    'calls %s no mistake of the admin, and no absence, at whichever of the names [DOM-7] [DOM-8]',
    async (reason) => {
      for (const name of [challenge, domain]) {
        dns.answers.clear();
        dns.answers.set(name, { kind: 'failed', reason });
        const reading = await check('abc');
        expect(reading).toMatchObject({
          outcome: 'unavailable',
          refusal: { details: { lookedUp: name, reason } },
        });
        expect('refusal' in reading && reading.refusal.message).toMatch(/not your mistake/);
      }
    },
  );

  it('finds the value at one name while the other does not answer [DOM-8]', async () => {
    dns.answers.set(challenge, { kind: 'failed', reason: 'timeout' });
    dns.records(domain, 'gatehouse-verify=abc');
    await expect(check('abc')).resolves.toMatchObject({ outcome: 'found' });
  });

  it('copes with a name of the greatest length [DOM-7]', async () => {
    const long = `${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.example`;
    await expect(dnsTxtProof(dns).check(long, ['abc'])).resolves.toMatchObject({ outcome: 'absent' });
    expect(dns.asked.every((name) => name.length <= 253)).toBe(true);
  });
});
