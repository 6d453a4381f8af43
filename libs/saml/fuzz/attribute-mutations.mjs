import { attributesIn, replaceRange } from './elements.mjs';

const uris = [
  '',
  'urn:x',
  'urn:oasis:names:tc:SAML:2.0:assertion',
  'urn:oasis:names:tc:SAML:2.0:protocol',
  'urn:oasis:names:tc:SAML:1.0:assertion',
  'http://www.w3.org/2000/09/xmldsig#',
  'http://www.w3.org/XML/1998/namespace',
  'http://www.w3.org/2000/xmlns/',
  'http://www.w3.org/2001/04/xmlenc#',
];
const prefixes = ['saml', 'samlp', 'saml2', 'ds', 'x', 'xs', 'xml', 'xmlns', ''];
const attributes = [
  'ID="_x"',
  'Id="_x"',
  'xml:id="_x"',
  'id="_x"',
  'Version="2.0"',
  'xml:space="preserve"',
  'xml:base="urn:x"',
  'Format="urn:x"',
  'xsi:type="x"',
  'Name="email"',
  'constructor="x"',
  '__proto__="x"',
];

const insertAt = (text, at, what) => replaceRange(text, at, at, what);
const onAttribute = (change) => (text, chance) => {
  const all = attributesIn(text);
  return all.length === 0 ? text : change(text, chance.pick(all), chance, all);
};
const written = (text, { start, end }, name, value) => replaceRange(text, start, end, ` ${name}="${value}"`);

/** On attributes, namespace declarations among them. */
export const attributeMutations = {
  'delete an attribute': onAttribute((text, { start, end }) => replaceRange(text, start, end, '')),
  'repeat an attribute': onAttribute((text, { start, end }) => insertAt(text, end, text.slice(start, end))),
  'copy an attribute elsewhere': onAttribute((text, { start, end }, chance, all) =>
    insertAt(text, chance.pick(all).start, text.slice(start, end)),
  ),
  'give an attribute the value of another': onAttribute((text, one, chance, all) =>
    written(text, one, one.name, chance.pick(all).value),
  ),
  'give an attribute the name of another': onAttribute((text, one, chance, all) =>
    written(text, one, chance.pick(all).name, one.value),
  ),
  'empty an attribute': onAttribute((text, one) => written(text, one, one.name, '')),
  'add an attribute': onAttribute((text, { start }, chance) =>
    insertAt(text, start, ` ${chance.pick(attributes)}`),
  ),
  'quote otherwise': onAttribute((text, { start, end, name, value }) =>
    replaceRange(text, start, end, `\n${name}='${value}'`),
  ),
  'declare a namespace': onAttribute((text, { start }, chance) => {
    const prefix = chance.pick(prefixes);
    return insertAt(text, start, ` xmlns${prefix === '' ? '' : `:${prefix}`}="${chance.pick(uris)}"`);
  }),
  'bind a prefix elsewhere': (text, chance) => {
    const declarations = attributesIn(text).filter(({ name }) => name.startsWith('xmlns'));
    if (declarations.length === 0) return text;
    const one = chance.pick(declarations);
    return written(text, one, one.name, chance.pick([...uris, ...declarations.map(({ value }) => value)]));
  },
  'drop a declaration': (text, chance) => {
    const declarations = attributesIn(text).filter(({ name }) => name.startsWith('xmlns'));
    if (declarations.length === 0) return text;
    const { start, end } = chance.pick(declarations);
    return replaceRange(text, start, end, '');
  },
  'rename a prefix': (text, chance) => {
    const [from, to] = [chance.pick(prefixes), chance.pick(prefixes)];
    return from === '' || to === ''
      ? text
      : text.replaceAll(`${from}:`, `${to}:`).replaceAll(`xmlns:${from}=`, `xmlns:${to}=`);
  },
};
