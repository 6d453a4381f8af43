import { SsoError } from '../shared/sso-error';
import { failed, head, tag, ToldDns, ToldWeb } from '../testing/told-network';
import { metaTagProof } from './meta-tag';

const domain = 'acme.example';
const root = `https://${domain}/`;
let dns: ToldDns;
let web: ToldWeb;
beforeEach(() => {
  [dns, web] = [new ToldDns(), new ToldWeb()];
});

describe('the proof by a tag', () => {
  const check = (name = domain) => metaTagProof(web, dns).check(name, ['abc']);

  it('is found at the root or at /index.html, asked for over https under tight limits [DOM-2]', async () => {
    web.pages.set(`${root}index.html`, head(tag('abc')));
    await expect(check()).resolves.toMatchObject({ outcome: 'found' });
    expect(web.asked.map(({ url }) => url)).toEqual([root, `${root}index.html`]);
    expect(web.asked[0]?.limits).toMatchObject({ maxBytes: 1024 * 1024, timeoutMs: 5_000 });
  });

  it.each([
    ['acme.example', 'https://www.acme.example/'],
    ['acme.example', 'https://acme.example/en/'],
    ['www.acme.example', 'https://acme.example/'],
    ['login.acme.co.uk', 'https://www.login.acme.co.uk/'],
  ])('is found where %s leads to %s [DOM-2]', async (name, to) => {
    web.pages.set(`https://${name}/`, { to });
    web.pages.set(to, head(tag('abc')));
    await expect(check(name)).resolves.toMatchObject({ outcome: 'found' });
  });

  it.each([
    ['acme.example', 'https://evil.example/'],
    ['acme.example', 'https://users.acme.example/'],
    ['acme.example', 'https://acme.example.evil.example/'],
    ['acme.example', 'http://acme.example/'],
    ['acme.example', 'https://acme.example:8443/'],
    ['acme.example', 'https://www.acme.example./'],
    ['login.acme.co.uk', 'https://acme.co.uk/'],
    ['acme.co.uk', 'https://www.other.co.uk/'],
    ['acme.github.io', 'https://other.github.io/'],
    ['www.ck', 'https://ck/'],
  ])('does not follow %s to %s [DOM-2]', async (name, to) => {
    web.pages.set(`https://${name}/`, { to });
    web.pages.set(to, head(tag('abc')));
    await expect(check(name)).resolves.toMatchObject({
      outcome: 'elsewhere',
      refusal: { code: 'domain_page_elsewhere' },
    });
    expect(web.asked.map(({ url }) => url)).not.toContain(to);
  });

  it('counts in a page only: not in text, JSON, SVG or what says nothing of its kind [DOM-2]', async () => {
    for (const type of ['text/plain', 'application/json', 'image/svg+xml', 'text/htmlx', '']) {
      web.pages.set(root, { type, text: head(tag('abc')) });
      await expect(check()).resolves.toMatchObject({ outcome: 'absent' });
    }
    web.pages.set(root, { type: 'application/xhtml+xml', text: head(tag('abc')) });
    await expect(check()).resolves.toMatchObject({ outcome: 'found' });
  });

  it('does not count behind the head, where visitors may write, and says so [DOM-2] [DOM-7]', async () => {
    web.pages.set(root, `${head()}<body><p>A comment: ${tag('abc')}</p>`);
    await expect(check()).resolves.toMatchObject({
      outcome: 'elsewhere',
      refusal: { code: 'domain_proof_elsewhere' },
    });
  });

  it.each([
    ['an answer of 500', failed('status', { status: 500 })],
    ['an answer of 403', failed('status', { status: 403 })],
    ['a certificate that is not accepted', failed('tls', { tls: 'expired' })],
    ['a connection that is refused', failed('refused')],
    ['a private address', new SsoError('address_not_allowed', 'No.', { reason: 'private' })],
    ['a page that does not end', new SsoError('response_too_large', 'No.')],
    ['a page that does not come', new SsoError('network_timeout', 'No.')],
  ])('takes %s for a site that is away, not for a tag that is gone [DOM-8]', async (_, error) => {
    web.pages.set(root, error);
    await expect(check()).resolves.toMatchObject({
      outcome: 'unavailable',
      refusal: { code: 'domain_page_unavailable', details: { cause: error.code } },
    });
    web.pages.set(`${root}index.html`, head(tag('abc')));
    await expect(check()).resolves.toMatchObject({ outcome: 'found' });
  });

  it('takes a name that DNS denies for gone, and one that it does not for away [DOM-8]', async () => {
    for (const page of [root, `${root}index.html`]) web.pages.set(page, failed('dns'));
    await expect(check()).resolves.toMatchObject({ outcome: 'absent', refusal: { code: 'dns_name_absent' } });
    dns.answers.set(domain, { kind: 'failed', reason: 'timeout' });
    await expect(check()).resolves.toMatchObject({ outcome: 'unavailable' });
    dns.answers.set(domain, { kind: 'empty' });
    await expect(check()).resolves.toMatchObject({ outcome: 'unavailable' });
  });
});
