import { refusal } from '../../test/answers';
import { messageCodes, messageLimits } from './message-limits';
import { nestedScope, emptyScope } from './namespace-scope';
import { parseXml } from './parse-xml';

const parse = (xml: string) => parseXml(xml, messageLimits, messageCodes);

describe('parseXml', () => {
  it('keeps what canonical form needs: prefixes, scope, attributes in order, content in pieces [SML-3]', () => {
    const root = parse('<p:a xmlns:p="urn:p" xmlns="urn:d" p:z="1" b="2">x<c/>&amp;<![CDATA[<]]></p:a>');
    expect(root).toMatchObject({ prefix: 'p', name: 'a', namespace: 'urn:p', text: 'x&<', commented: false });
    expect([...root.scope.declared]).toEqual([
      ['p', 'urn:p'],
      ['', 'urn:d'],
    ]);
    expect(root.attributeList.map(({ prefix, name }) => prefix + name)).toEqual(['pz', 'b']);
    expect([...root.attributes]).toEqual([
      ['{urn:p}z', '1'],
      ['b', '2'],
    ]);
    expect(root.content).toEqual(['x', expect.objectContaining({ name: 'c', namespace: 'urn:d' }), '&', '<']);
  });

  it.each([
    ['a processing instruction', '<a><?b?></a>'],
    ['a processing instruction that looks like a declaration', '<?xml-stylesheet href="x"?><a/>'],
    ['a declaration that is not first', ' <?xml version="1.0"?><a/>'],
    ['white space around a namespace', '<a xmlns=" urn:a"/>'],
    ['a no-break space around a namespace', '<a xmlns="urn:a\u00a0"/>'],
    ['half a surrogate pair with a letter in the place of the other', '<a>\ud800x</a>'],
    ['the halves of a surrogate pair the wrong way round', '<a b="\udc00\ud800"/>'],
    ['a local name that begins with a digit', '<p:1 xmlns:p="urn:p"/>'],
    ['an attribute whose local name begins with a dot', '<a xmlns:p="urn:p" p:.b=""/>'],
    ['an attribute named twice under two prefixes', '<a xmlns:p="urn:p" xmlns:q="urn:p" p:b="" q:b=""/>'],
    ['half a surrogate pair', '<a>\ud800</a>'],
    ['half a surrogate pair by reference', '<a>&#xd800;</a>'],
    ['a prefix undeclared', '<a xmlns:p="urn:p"><b xmlns:p=""/></a>'],
    ['another namespace for xml', '<a xmlns:xml="urn:x"/>'],
    ['the end of CDATA in text', '<a>]]></a>'],
    ['a reference to what was never declared', '<a>&constructor;</a>'],
    ['a form feed', '<a>\f</a>'],
    ['U+FFFE', '<a>\ufffe</a>'],
  ])('refuses %s [SML-10]', (_what, xml) => {
    expect(refusal(() => parse(xml))).toBe('saml_xml_invalid');
  });

  it('refuses a DOCTYPE by itself, whoever gave it the text [SML-10]', () => {
    expect(refusal(() => parse('<!DOCTYPE a><a/>'))).toBe('saml_dtd_forbidden');
  });

  it.each(['a'.repeat(257), `a xmlns="urn:${'b'.repeat(253)}"`, `a ${'c'.repeat(257)}=""`])(
    'refuses names and namespaces that are too long to compare again and again [SML-10]',
    (tag) => {
      expect(refusal(() => parse(`<${tag}/>`))).toBe('saml_too_large');
    },
  );

  it('reads what came out of another document with the namespaces that were declared there [SML-9]', () => {
    const scope = nestedScope(new Map([['p', 'urn:p']]), emptyScope);
    expect(parseXml('<p:a/>', messageLimits, messageCodes, scope).namespace).toBe('urn:p');
    expect(refusal(() => parse('<p:a/>'))).toBe('saml_xml_invalid');
  });

  it('gives names such as __proto__ no power [SML-10]', () => {
    const root = parse('<__proto__ xmlns:__proto__="urn:p" __proto__="1" __proto__:b="2"/>');
    expect(root.attributes.get('__proto__')).toBe('1');
    expect(root.attributes.get('{urn:p}b')).toBe('2');
    expect(root.scope.declared.get('__proto__')).toBe('urn:p');
  });
});
