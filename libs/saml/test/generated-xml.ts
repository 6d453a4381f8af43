import fc from 'fast-check';

/** Which corners of XML a document may visit: not every judge knows its way in all of them. */
export interface XmlDialect {
  readonly prefixes: readonly string[];
  readonly names: readonly string[];
  readonly namespaces: readonly string[];
  readonly text: readonly string[];
  readonly values: readonly string[];
}

/** What every judge reads alike, if each prefix stands for one namespace throughout. */
export const plainDialect: XmlDialect = {
  prefixes: ['', 'a', 'b', 'c1'],
  names: ['e', 'f', 'Item', 'x.y-z'],
  namespaces: [],
  text: [
    'word',
    ' ',
    '\n  ',
    '\r\n',
    'é😀',
    '&amp;',
    '&lt;',
    '&gt;',
    '>',
    '"',
    '&#13;',
    '&#x1F600;',
    '<!-- c -->',
  ],
  values: [
    'v',
    ' ',
    '\n',
    '\r\n',
    '\t',
    '&#9;',
    '&#10;',
    '&#13;',
    '&amp;',
    '&lt;',
    '&quot;',
    '>',
    "'",
    'é😀',
  ],
};

/** Everything that XML 1.0 allows without a DTD. */
export const wholeDialect: XmlDialect = {
  // U+F900 comes before U+10400, but after the first half of it.
  prefixes: [...plainDialect.prefixes, 'B', 'é', '\uf900', '\u{10400}', 'xml'],
  names: [...plainDialect.names, 'lang', 'space', 'É', '\uf900', '\u{10400}'],
  // Without an ampersand, which others forget to escape in a namespace and which we refuse there.
  namespaces: ['urn:a', 'urn:b', 'http://x.example/?a=1', 'urn:A', ''],
  text: [
    ...plainDialect.text,
    '\r',
    ']',
    ']]',
    '<![CDATA[<&>]]>',
    '<![CDATA[]]>',
    '&apos;',
    '&#x85;',
    '\u0085\u2028',
    '<!---->',
  ],
  values: [...plainDialect.values, '\r', '&#xd;&#xa;', '&gt;', '&apos;', '\u0085\u2028', '\ufffd'],
};

interface Declared {
  readonly prefix: string;
  readonly uri: string;
}

interface Attribute {
  readonly prefix: string;
  readonly name: string;
  readonly value: string;
}

interface Element {
  readonly prefix: string;
  readonly name: string;
  readonly declared: readonly Declared[];
  readonly attributes: readonly Attribute[];
  readonly content: readonly (Element | string)[];
  readonly gap: string;
  readonly declaredLast: boolean;
}

/** The source text of a document, nearly always well-formed. */
export function generatedXml(dialect: XmlDialect): fc.Arbitrary<string> {
  return elements(dialect).map((root) => write(root, new Map([['', '']])));
}

function elements(dialect: XmlDialect): fc.Arbitrary<Element> {
  const { element } = fc.letrec<{ element: Element }>((tie) => ({
    element: fc.record({
      prefix: fc.constantFrom(...dialect.prefixes),
      name: fc.constantFrom(...dialect.names),
      declared: declarations(dialect),
      attributes: attributes(dialect),
      content: fc.array(fc.oneof({ maxDepth: 4 }, pieces(dialect.text), tie('element')), { maxLength: 4 }),
      gap: fc.constantFrom(' ', ' ', '\n\t', '\r\n'),
      declaredLast: fc.boolean(),
    }),
  }));
  return element;
}

function declarations({ prefixes, namespaces }: XmlDialect): fc.Arbitrary<Declared[]> {
  if (namespaces.length === 0) return fc.constant([]);
  const prefix = fc.constantFrom(...prefixes.filter((each) => each !== 'xml'));
  return fc.array(fc.record({ prefix, uri: fc.constantFrom(...namespaces) }), { maxLength: 3 });
}

function attributes({ prefixes, names, values }: XmlDialect): fc.Arbitrary<Attribute[]> {
  const prefix = fc.constantFrom(...prefixes);
  return fc.array(fc.record({ prefix, name: fc.constantFrom(...names), value: pieces(values) }), {
    maxLength: 4,
  });
}

function pieces(from: readonly string[]): fc.Arbitrary<string> {
  return fc.array(fc.constantFrom(...from), { minLength: 1, maxLength: 4 }).map((all) => all.join(''));
}

function write(element: Element, outer: ReadonlyMap<string, string>): string {
  const declared = declaredOn(element, outer);
  const scope = new Map([...outer, ...declared]);
  const namespaces = [...declared].map(([prefix, uri]) => `xmlns${prefix && ':'}${prefix}="${uri}"`);
  const written = attributesOf(element, scope);
  const inside = element.declaredLast ? [...written, ...namespaces] : [...namespaces, ...written];
  const name = qualified(element);
  const content = element.content
    .map((part) => (typeof part === 'string' ? part : write(part, scope)))
    .join('');
  const head = [name, ...inside].join(element.gap);
  return content === '' ? `<${head}/>` : `<${head}>${content}</${name}>`;
}

/** As generated, and whatever else the names on this element need. */
function declaredOn(element: Element, outer: ReadonlyMap<string, string>): Map<string, string> {
  const usable = element.declared.filter(({ prefix, uri }) => prefix === '' || uri !== '');
  const declared = new Map(usable.map(({ prefix, uri }) => [prefix, uri]));
  for (const { prefix } of [element, ...element.attributes]) {
    if (prefix !== 'xml' && !declared.has(prefix) && !outer.has(prefix))
      declared.set(prefix, `urn:of:${[...prefix].length}${prefix.codePointAt(0) ?? 0}`);
  }
  return declared;
}

function attributesOf({ attributes }: Element, scope: ReadonlyMap<string, string>): string[] {
  const distinct = new Map(
    attributes.map((each) => [`${each.prefix && (scope.get(each.prefix) ?? '')} ${each.name}`, each]),
  );
  return [...distinct.values()].map((each) => `${qualified(each)}="${each.value}"`);
}

function qualified({ prefix, name }: { readonly prefix: string; readonly name: string }): string {
  return prefix === '' ? name : `${prefix}:${name}`;
}
