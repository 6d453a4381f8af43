import { failed, head, tag, ToldDns, ToldWeb } from '../testing/told-network';
import { dnsTxtProof } from './dns-txt';
import type { DomainProof } from './domain-proof';
import { metaTagProof } from './meta-tag';

const domain = 'acme.example';
const root = `https://${domain}/`;
const challenge = `_gatehouse-challenge.${domain}`;
let dns: ToldDns;
let web: ToldWeb;
beforeEach(() => {
  [dns, web] = [new ToldDns(), new ToldWeb()];
});

/** What a kind needs to be tried as each contract asks. */
interface Kind {
  readonly name: string;
  make(): DomainProof;
  publish(...tokens: string[]): void;
  nothing(): void;
  fail(): void;
}

const kinds: readonly Kind[] = [
  {
    name: 'dns-txt',
    make: () => dnsTxtProof(dns),
    publish: (...tokens) => dns.records(challenge, ...tokens.map((token) => `gatehouse-verify=${token}`)),
    nothing: () => dns.answers.set(challenge, { kind: 'empty' }),
    fail: () => dns.answers.set(challenge, { kind: 'failed', reason: 'timeout' }),
  },
  {
    name: 'meta-tag',
    make: () => metaTagProof(web, dns),
    publish: (...tokens) => void web.pages.set(root, head(...tokens.map(tag))),
    nothing: () => void web.pages.set(root, head()),
    fail: () => void web.pages.set(root, failed('status', { status: 503 })),
  },
];

describe.each(kinds)('the contract of a proof, kept by $name', ({ name, make, publish, nothing, fail }) => {
  const check = (...tokens: [string, ...string[]]) => make().check(domain, tokens);

  it('says what to publish: the value is in it, and the way by which it is looked for [DOM-1] [DOM-2]', () => {
    const instructions = make().instructions(domain, 'abc');
    expect(instructions.by).toBe(name);
    expect(instructions.value).toContain('abc');
    expect(JSON.stringify(instructions)).toContain(domain);
  });

  it('finds the value, alone or among others [DOM-1] [DOM-2]', async () => {
    publish('abc');
    await expect(check('abc')).resolves.toMatchObject({ outcome: 'found', token: 'abc' });
    publish('other', 'abc', 'third');
    await expect(check('abc')).resolves.toMatchObject({ outcome: 'found', token: 'abc' });
  });

  it('finds any of the values that prove the domain, and says which: the newest where there are several [DOM-3]', async () => {
    publish('old');
    await expect(check('new', 'old')).resolves.toMatchObject({ outcome: 'found', token: 'old' });
    publish('old', 'new');
    await expect(check('new', 'old')).resolves.toMatchObject({ outcome: 'found', token: 'new' });
  });

  it('is not fooled by a value that only begins or ends alike, or has other capitals [DOM-1] [DOM-2]', async () => {
    publish('abcd', 'xabc', 'ABC', 'ab');
    await expect(check('abc')).resolves.toMatchObject({ outcome: 'different' });
  });

  it('says that it is absent, and what to do [DOM-7]', async () => {
    nothing();
    const reading = await check('abc');
    expect(reading).toMatchObject({
      outcome: 'absent',
      found: [],
      refusal: { code: 'domain_proof_missing', details: { by: name } },
    });
    expect('refusal' in reading && reading.refusal.message).toMatch(/5 minutes/);
  });

  it('shows the other value beside the one that is wanted [DOM-7]', async () => {
    publish('other');
    const reading = await check('abc');
    expect(reading).toMatchObject({
      outcome: 'different',
      found: [expect.stringContaining('other')],
      refusal: { code: 'domain_proof_different', message: expect.stringMatching(/other.*abc.*5 minutes/s) },
    });
    expect('refusal' in reading && reading.refusal.details.want).toContain('abc');
  });

  it('tells several values from one [DOM-7]', async () => {
    publish('one', 'two');
    await expect(check('abc')).resolves.toMatchObject({
      outcome: 'different',
      refusal: { code: 'domain_proof_several', details: { got: [{}, {}].map(() => expect.any(String)) } },
    });
  });

  it('says that nobody could be asked, which is not a missing proof [DOM-7] [DOM-8]', async () => {
    fail();
    const reading = await check('abc');
    expect(reading).toMatchObject({ outcome: 'unavailable', found: [] });
    expect('refusal' in reading && reading.refusal.code).toMatch(/_unavailable$/);
  });
});
