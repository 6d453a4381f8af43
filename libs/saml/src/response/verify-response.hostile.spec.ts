import {
  aConnection,
  insert,
  now,
  refusal,
  responseXml,
  sp,
  substitute,
  verifyXml,
} from '../../test/answers';
import { fastest } from '../../test/fastest';
import { verifyResponse } from './verify-response';

const pick = (xml: string, pattern: RegExp): string => pattern.exec(xml)?.[0] ?? '';
const assertionOf = (xml: string) => pick(xml, /<saml:Assertion.*<\/saml:Assertion>/s);
const signatureOf = (xml: string) => pick(xml, /<ds:Signature .*?<\/ds:Signature>/s);
const forged = (xml: string) =>
  xml.replaceAll('ann@acme', 'eve@acme').replaceAll(/ ID="([^"]*)"/g, ' ID="$1-forged"');

/** An honest message whose signature still verifies over the honest part, with forged content put where a reader may look. */
const wrapped = {
  'XSW1: the signed response inside the signature': () => {
    const honest = responseXml({ sign: 'response' });
    const bare = substitute(honest, signatureOf(honest), '');
    const signature = insert(signatureOf(honest), '</ds:Signature>', `<ds:Object>${bare}</ds:Object>`);
    return insert(forged(bare), '<samlp:Status>', signature);
  },
  'XSW2: the signed response before the signature': () => {
    const honest = responseXml({ sign: 'response' });
    const bare = substitute(honest, signatureOf(honest), '');
    return insert(forged(bare), '<samlp:Status>', `${bare}${signatureOf(honest)}`);
  },
  'XSW3: a forged assertion before the signed one': () => {
    const honest = responseXml();
    const bare = substitute(assertionOf(honest), signatureOf(honest), '');
    return insert(honest, '<saml:Assertion', forged(bare));
  },
  'XSW4: the signed assertion inside a forged one': () => {
    const honest = responseXml();
    const bare = forged(substitute(assertionOf(honest), signatureOf(honest), ''));
    return substitute(honest, assertionOf(honest), insert(bare, '</saml:Assertion>', assertionOf(honest)));
  },
  'XSW5: the honest assertion, bare, after a forged one with its signature': () => {
    const honest = responseXml();
    const bare = substitute(assertionOf(honest), signatureOf(honest), '');
    return substitute(honest, assertionOf(honest), `${forged(assertionOf(honest))}${bare}`);
  },
  'XSW6: the honest assertion inside the signature of a forged one': () => {
    const honest = responseXml();
    const bare = substitute(assertionOf(honest), signatureOf(honest), '');
    const forgery = insert(forged(assertionOf(honest)), '</ds:Signature>', bare);
    return substitute(honest, assertionOf(honest), forgery);
  },
  'XSW7: a forged assertion in Extensions': () => {
    const honest = responseXml();
    const bare = substitute(assertionOf(honest), signatureOf(honest), '');
    return insert(honest, '<samlp:Status>', `<samlp:Extensions>${forged(bare)}</samlp:Extensions>`);
  },
  'XSW8: the honest assertion in an Object of a forged one': () => {
    const honest = responseXml();
    const bare = substitute(assertionOf(honest), signatureOf(honest), '');
    const object = `<ds:Object>${bare}</ds:Object>`;
    return substitute(
      honest,
      assertionOf(honest),
      insert(forged(assertionOf(honest)), '</ds:Signature>', object),
    );
  },
};

describe('verifyResponse and signature wrapping', () => {
  it.each(Object.entries(wrapped))('refuses %s [SML-3]', (_name, build) => {
    expect(build()).toContain('eve@acme');
    expect(refusal(() => verifyXml(build()))).toBe('saml_multiple_assertions');
  });

  it('refuses the wrapped shapes also where the honest copy is renamed to hide it [SML-3]', () => {
    const honest = responseXml();
    const hidden = assertionOf(honest).replaceAll('saml:Assertion', 'samlp:Assertion');
    const bare = substitute(forged(assertionOf(honest)), signatureOf(honest), '');
    const xml = substitute(honest, assertionOf(honest), bare);
    const message = insert(xml, '<samlp:Status>', `<samlp:Extensions>${hidden}</samlp:Extensions>`);
    expect(refusal(() => verifyXml(message))).toBe('saml_structure_invalid');
  });

  it('refuses an ID that occurs twice, whatever the attribute is called [SML-3]', () => {
    const xml = responseXml({ assertionId: '_twice' });
    const twin = '<samlp:Extensions><x Id="_twice"/></samlp:Extensions>';
    expect(refusal(() => verifyXml(insert(xml, '<samlp:Status>', twin)))).toBe('saml_structure_invalid');
  });

  it('refuses two honest assertions [SML-3]', () => {
    const other = assertionOf(responseXml());
    const xml = insert(responseXml(), '<saml:Assertion', other);
    expect(refusal(() => verifyXml(xml))).toBe('saml_multiple_assertions');
  });

  it('refuses an assertion that hides in Extensions [SML-3]', () => {
    const honest = responseXml();
    const moved = substitute(honest, assertionOf(honest), '');
    const hidden = `<samlp:Extensions>${assertionOf(honest)}</samlp:Extensions>`;
    const xml = insert(moved, '<samlp:Status>', hidden);
    expect(refusal(() => verifyXml(xml))).toBe('saml_structure_invalid');
  });

  it('refuses a comment that would cut a NameID short for others [SML-3]', () => {
    const xml = responseXml({ nameId: 'admin@acme.example.evil.example' });
    const split = substitute(xml, 'admin@acme.example.evil', 'admin@acme.example<!---->.evil');
    expect(refusal(() => verifyXml(split))).toBe('saml_structure_invalid');
  });

  it('refuses an EncryptedAssertion with an open assertion inside [SML-9]', () => {
    const xml = responseXml({
      xml: (text) => text.replaceAll('saml:Assertion', 'saml:EncryptedAssertion'),
      sign: 'none',
    });
    expect(refusal(() => verifyXml(xml))).toBe('saml_structure_invalid');
  });
});

describe('verifyResponse and hostile octets', () => {
  const nested = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth);
  const extended = (content: string) =>
    insert(responseXml(), '<samlp:Status>', `<samlp:Extensions>${content}</samlp:Extensions>`);
  const dtd = '<!DOCTYPE r [<!ENTITY a "aaaa">]>';
  it.each<[string, string | Uint8Array, string]>([
    ['a DOCTYPE', `${dtd}${responseXml()}`, 'saml_dtd_forbidden'],
    [
      'an external DTD in another case',
      `<!doctype r SYSTEM "http://x.example/">${responseXml()}`,
      'saml_dtd_forbidden',
    ],
    ['an entity that nobody declared', extended('&a;'), 'saml_xml_invalid'],
    ['a processing instruction', extended('<?php 1?>'), 'saml_xml_invalid'],
    ['a NUL', extended('\0'), 'saml_xml_invalid'],
    ['an unbound prefix', extended('<y:a/>'), 'saml_xml_invalid'],
    ['an unclosed element', responseXml().slice(0, -5), 'saml_xml_invalid'],
    ['a second root', `${responseXml()}<a/>`, 'saml_xml_invalid'],
    [
      'another encoding by declaration',
      `<?xml version="1.0" encoding="UTF-7"?>${responseXml()}`,
      'saml_encoding_invalid',
    ],
    ['octets that are not UTF-8', Buffer.from(extended('\u00ff'), 'latin1'), 'saml_encoding_invalid'],
    ['more than 512 KiB', extended(' '.repeat(512 * 1024)), 'saml_too_large'],
    ['65 levels', extended(nested(63)), 'saml_too_large'],
    [
      '65 attributes',
      extended(`<a ${Array.from({ length: 65 }, (_, at) => `b${at}=""`).join(' ')}/>`),
      'saml_too_large',
    ],
    ['another root', '<a/>', 'saml_structure_invalid'],
    ['nothing but white space', ' ', 'saml_xml_invalid'],
  ])('refuses %s [SML-10]', (_what, message, code) => {
    expect(refusal(() => verifyXml(message))).toBe(code);
  });

  const attributes = (count: number, name: string) =>
    Array.from({ length: count }, (_, at) => `${name}${at}="u"`).join(' ');
  it.each<[string, number, (count: number) => string]>([
    ['comments', 20, (count) => `<a>${'<!---->'.repeat(count)}</a>`],
    ['CDATA sections', 20, (count) => `<a>${'<![CDATA[]]>'.repeat(count)}</a>`],
    ['character references', 5_000, (count) => `<a>${'&#65;'.repeat(count)}</a>`],
    ['entity references in a value', 5_000, (count) => `<a b="${'&amp;'.repeat(count)}"/>`],
    ['raw carriage returns', 10_000, (count) => `<a>${'\r'.repeat(count)}</a>`],
    // Response declares two namespaces around these.
    ['namespaces in scope of one element', 62, (count) => `<a ${attributes(count, 'xmlns:b')}/>`],
    [
      'namespaces in scope over several levels',
      62,
      (count) => `<a ${attributes(40, 'xmlns:b')}><a ${attributes(count - 40, 'xmlns:b')}/></a>`,
    ],
  ])('reads many %s, up to a limit, and refuses one more [SML-10]', (_what, limit, content) => {
    expect(refusal(() => verifyXml(extended(content(limit))))).toBe('accepted');
    expect(refusal(() => verifyXml(extended(content(limit + 1))))).toBe('saml_too_large');
  });

  it('refuses a long list of prefixes in a signature before it is searched [SML-10]', () => {
    const list = `<InclusiveNamespaces xmlns="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="${'a '.repeat(64)}"/>`;
    const transform = '<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"';
    const xml = substitute(responseXml(), `${transform}/>`, `${transform}>${list}</ds:Transform>`);
    expect(refusal(() => verifyXml(xml))).toBe('saml_too_large');
  });

  it('refuses what would need a key before it tries one: a flood with a broken signature [SML-10]', () => {
    const broken = substitute(extended('<a>MARK</a>'), '<ds:SignatureValue>', '<ds:SignatureValue>AAAA');
    expect(refusal(() => verifyXml(broken))).toBe('saml_signature_invalid');
    const flooded = substitute(broken, 'MARK', '<!---->'.repeat(7_800));
    expect(refusal(() => verifyXml(flooded))).toBe('saml_too_large');
  });

  it('reads 64 levels, which is the limit [SML-10]', () => {
    expect(refusal(() => verifyXml(extended(nested(62))))).toBe('accepted');
  });

  it.each(['', '!!!!', 'PGE', '<a/>'])('refuses %p, which is not base64 [SML-10]', (samlResponse) => {
    const request = { samlResponse, connection: aConnection(), serviceProvider: sp, now };
    expect(refusal(() => verifyResponse(request))).toBe('saml_encoding_invalid');
  });

  it.each([
    ['attributes', `<a ${Array.from({ length: 40_000 }, (_, at) => `b${at}=""`).join(' ')}/>`],
    ['elements', '<a/>'.repeat(125_000)],
    ['levels', nested(70_000)],
    ['comments', '<!---->'.repeat(70_000)],
    ['CDATA sections', '<![CDATA[]]>'.repeat(30_000)],
    ['character references', '&#65;'.repeat(90_000)],
    ['carriage returns', '\r'.repeat(450_000)],
    ['line feeds', '\n'.repeat(450_000)],
    ['tabs in a value', `<a b="${'\t'.repeat(450_000)}"/>`],
    ['angle brackets', '>'.repeat(450_000)],
    ['elements that fit 35 KB', '<a/>'.repeat(7_700)],
    ['prefixes in 20 levels', `<a ${attributes(31, 'xmlns:b')}>`.repeat(20) + '</a>'.repeat(20)],
    [
      'attributes in moderation',
      `<a ${Array.from({ length: 50 }, (_, at) => `b${at}=""`).join(' ')}/>`.repeat(1000),
    ],
    ['namespaces', `<a ${Array.from({ length: 20_000 }, (_, at) => `xmlns:b${at}="u"`).join(' ')}/>`],
  ])('refuses a flood of %s at once [SML-10]', (_what, flood) => {
    const message = extended(flood);
    const verify = () => expect(refusal(() => verifyXml(message))).toBe('saml_too_large');
    expect(fastest(3, verify)).toBeLessThan(500);
  });

  it('refuses, not throws, when any one octet of an honest message is another [SML-3]', () => {
    // KeyInfo is never looked at, so it may say anything.
    const xml = substitute(responseXml({ sign: 'response' }), /<ds:KeyInfo.*<\/ds:KeyInfo>/s, '');
    const honest = Buffer.from(xml);
    expect(refusal(() => verifyXml(honest))).toBe('accepted');
    for (let at = 0; at < honest.length; at += 97) {
      const bent = Buffer.from(honest);
      bent[at] = (bent[at] ?? 0) ^ 1;
      expect([at, refusal(() => verifyXml(bent))]).toEqual([at, expect.stringMatching(/^saml_/)]);
    }
  });
});
