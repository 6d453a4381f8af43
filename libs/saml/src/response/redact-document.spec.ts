import { CheckLog, defaultSettings, SsoError } from '@gatehouse/core';
import { aConnection, now, responseXml, sp } from '../../test/answers';
import { fastest } from '../../test/fastest';
import { verifyResponse } from './verify-response';
import { ResponseWatch } from './response-watch';

function watched(samlResponse: string) {
  const watch = new ResponseWatch(new CheckLog(() => 0));
  try {
    verifyResponse({ samlResponse, connection: aConnection(), serviceProvider: sp, now, watch });
  } catch (error) {
    if (!(error instanceof SsoError)) throw error;
  }
  return watch.describe(samlResponse, defaultSettings);
}

function watchedXml(xml: string) {
  return watched(Buffer.from(xml).toString('base64'));
}

describe('what is kept of a response', () => {
  it('shows its shape, who it is about and what it answers [LOG-11]', () => {
    const seen = watchedXml(responseXml({ sign: 'both' }));
    expect(seen).toMatchObject({
      subject: 'ann@acme.example',
      email: 'ann@acme.example',
      inResponseTo: '_a1b2c3',
    });
    for (const shown of [
      '<samlp:Response',
      'Destination="',
      '<saml:Audience>',
      'ann@acme.example</saml:NameID>',
    ])
      expect(seen.response).toContain(shown);
  });

  it('is no document that could be posted again: it is refused unread [LOG-11]', () => {
    const { response = '' } = watchedXml(responseXml({ sign: 'both' }));
    expect(response).toContain('SignatureValue');
    const again = Buffer.from(response).toString('base64');
    const post = () =>
      verifyResponse({ samlResponse: again, connection: aConnection(), serviceProvider: sp, now });
    expect(post).toThrow(SsoError);
  });

  it.each([
    ['a signature in lines of 20 characters', (value: string) => value.replace(/(.{20})/g, '$1\n')],
    ['a signature of spaced characters', (value: string) => value.replace(/(.)/g, '$1 ')],
    ['a signature in CDATA', (value: string) => `<![CDATA[${value}]]>`],
  ])('holds nothing of %s [LOG-11]', (_, write) => {
    const xml = responseXml({ sign: 'both' });
    const bent = xml.replace(
      /(SignatureValue>)([^<]+)(<)/g,
      (_all, open, value, close) => open + write(value) + close,
    );
    const { response = '' } = watchedXml(bent);
    const [, value = ''] = /SignatureValue>([^<]+)</.exec(xml) ?? [];
    expect(response.replace(/\s/g, '')).not.toContain(value.replace(/\s/g, '').slice(10, 22));
  });

  it('escapes what it shows, so that a page can show it as text or as XML [LOG-11]', () => {
    const { response } = watchedXml(responseXml({ nameId: '<script>alert(1)</script>' }));
    expect(response).toContain('&lt;script');
    expect(response).not.toContain('<script');
  });

  it('says of a value that nobody mapped how it begins, also inside elements in it [LOG-11]', () => {
    const attributes = { secret: ['very-secret-value'], email: ['ann@acme.example'] };
    const xml = responseXml({
      attributes,
      sign: 'none',
      xml: (plain) => plain.replace('very-secret-value', '<saml:NameID>very-secret-value</saml:NameID>'),
    });
    const seen = watchedXml(xml);
    expect(JSON.stringify(seen)).not.toContain('secret-value');
    expect(seen.response).toContain('ver… (17 characters)');
  });

  it('of a broken document is its beginning, with values, signatures and long codes cut [LOG-11]', () => {
    const xml = responseXml({ attributes: { secret: ['very-secret-value'] }, sign: 'both' });
    const { response = '', attributes } = watchedXml(`${xml}<`);
    expect(attributes).toEqual([]);
    expect(response.length).toBeLessThanOrEqual(2000);
    expect(response).not.toContain('very-secret-value');
    expect(response).not.toMatch(/[A-Za-z0-9+/=]{40}/);
  });

  it('has values of 16,000 characters at most, however many came, and says how many came [LOG-11] [SML-10]', () => {
    const address = (at: number) =>
      `${'a'.repeat(60)}${100 + at}@${'b'.repeat(60)}.${'c'.repeat(50)}.example`;
    const values = Array.from({ length: 20 }, (_, at) => address(at));
    const names = Array.from({ length: 50 }, (_, at) => `name ${at}`);
    const xml = responseXml({
      attributes: Object.fromEntries(names.map((name) => [name, values])),
      sign: 'none',
    });
    const { attributes } = watchedXml(xml);
    expect(attributes[0]).toMatchObject({ name: 'name 0', count: 20 });
    expect(attributes[0]?.values).toHaveLength(20);
    expect(attributes[49]).toEqual({ name: 'name 49', values: [], count: 20 });
    const kept = attributes.flatMap((each) => each.values).join('').length;
    expect([kept > 15_000, kept <= 16_000]).toEqual([true, true]);
  });

  it.each([
    ['4,000 elements', `<a>${'<b/>'.repeat(4000)}</a>`],
    ['long texts', `<a><b>${'x'.repeat(100_000)}</b></a>`],
    ['deep nesting', `${'<a>'.repeat(60)}${'</a>'.repeat(60)}`],
    ['junk that is no XML', '<'.repeat(200_000)],
    ['tags that never end', '<SignatureValue '.repeat(10_000)],
  ])('is bounded and quick to make of %s [LOG-11] [SML-10]', (_, xml) => {
    const { response = '' } = watchedXml(xml);
    expect(fastest(3, () => watchedXml(xml))).toBeLessThan(500);
    expect(response.length).toBeLessThanOrEqual(33_000);
  });
});
