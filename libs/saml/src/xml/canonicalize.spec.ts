import { refusal } from '../../test/answers';
import { canonicalize } from './canonicalize';
import { compareCodePoints } from './code-point-order';
import { messageCodes, messageLimits } from './message-limits';
import { parseXml } from './parse-xml';
import { everyElement } from './xml-element';
import type { XmlElement } from './xml-element';

const parse = (xml: string) => parseXml(xml, messageLimits, messageCodes);
const canonical = (xml: string, ...prefixes: string[]) =>
  canonicalize(parse(xml), { prefixes: new Set(prefixes) });
const named = (root: XmlElement, name: string) => everyElement(root).filter((each) => each.name === name);

describe('canonicalize', () => {
  it.each([
    ['expands empty elements', '<a/>', '<a></a>'],
    ['leaves out a comment without a gap', '<a>b<!-- c -->d</a>', '<a>bd</a>'],
    ['reads line ends as one line feed', '<a>\r\n\r</a>', '<a>\n\n</a>'],
    ['keeps a carriage return that was written as a reference', '<a>&#13;</a>', '<a>&#xD;</a>'],
    ['writes CDATA as text', '<a><![CDATA[<&>]]></a>', '<a>&lt;&amp;&gt;</a>'],
    ['makes white space of values plain', '<a b="\t\r\n&#9;"/>', '<a b="  &#x9;"></a>'],
    ['writes quotation marks of values as references', `<a b='">'/>`, '<a b="&quot;>"></a>'],
    ['drops what declares an unused prefix', '<a xmlns:p="urn:p"/>', '<a></a>'],
    ['drops a default namespace that was never there', '<a xmlns=""/>', '<a></a>'],
    [
      'declares a prefix where it is used, not where it was declared',
      '<a xmlns:p="urn:p"><p:b/><p:b/></a>',
      '<a><p:b xmlns:p="urn:p"></p:b><p:b xmlns:p="urn:p"></p:b></a>',
    ],
    [
      'sorts attributes by namespace, then name',
      '<a xmlns:p="urn:2" xmlns:q="urn:1" p:a="" q:b="" z="" c=""/>',
      '<a xmlns:p="urn:2" xmlns:q="urn:1" c="" z="" q:b="" p:a=""></a>',
    ],
  ])('%s [SML-3]', (_what, xml, octets) => {
    expect(canonical(xml)).toBe(octets);
  });

  it('declares a listed prefix, though unused and declared outside of what is signed [SML-3]', () => {
    const [inner] = named(parse('<a xmlns="urn:d" xmlns:xs="urn:xs"><p:b xmlns:p="urn:p"/></a>'), 'b');
    const written = (...prefixes: string[]) => inner && canonicalize(inner, { prefixes: new Set(prefixes) });
    expect(written()).toBe('<p:b xmlns:p="urn:p"></p:b>');
    expect(written('xs', '')).toBe('<p:b xmlns="urn:d" xmlns:p="urn:p" xmlns:xs="urn:xs"></p:b>');
  });

  it('omits the one signature that is verified, not another one like it [SML-3]', () => {
    const root = parse('<a><s>1</s><b><s>1</s></b></a>');
    const [omit] = named(root, 's');
    expect(omit && canonicalize(root, { omit })).toBe('<a><b><s>1</s></b></a>');
  });

  it.each([
    '<a xmlns="rel"/>',
    '<a xmlns:unused="../rel"/>',
    '<a xmlns="urn:é"/>',
    '<a xmlns="urn:a b"/>',
    '<a xmlns="urn:a?b&amp;c"/>',
  ])(
    'has no form for %s, whose namespace is no absolute URI, or not escaped alike everywhere [SML-3]',
    (xml) => {
      expect(refusal(() => canonical(xml))).toBe('saml_xml_invalid');
    },
  );
});

describe('compareCodePoints', () => {
  it('puts U+F900 before U+10400, as UTF-8 does and UTF-16 does not [SML-3]', () => {
    const names = ['\u{10400}b', '\u{10400}', '\u{10400}\uf900', '\uf900', '\ud7ff', 'b', 'ab', 'a', ''];
    const byOctets = [...names].sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
    expect([...names].sort(compareCodePoints)).toEqual(byOctets);
    expect([...names].sort()).not.toEqual(byOctets);
  });
});
