import { elementsIn, replaceRange, textOf, valuesIn } from './elements.mjs';

const strange = [
  '\0',
  '\u0001',
  '\ufeff',
  '\u200b',
  '\u202e',
  '<',
  '>',
  '&',
  '"',
  "'",
  ']]>',
  '--',
  '\r',
  '\n',
  '\ud800',
  'é',
  '🙂',
  '&#0;',
  '&#13;',
  '&lt;',
  '%00',
];
const inserted = [
  '<!---->',
  '<!-- x -->',
  '<?x?>',
  '<![CDATA[x]]>',
  '<![CDATA[]]>',
  '&x;',
  '&amp;',
  '&#65;',
  '<x/>',
  '<x xmlns="">y</x>',
  '<!DOCTYPE x>',
  '<!ENTITY x "y">',
  ' ',
  '\n',
  '\t',
  '\r\n',
];

const placeIn = (text, chance) => chance.below(text.length + 1);
const rangeIn = (text, chance, most = 200) => {
  const start = placeIn(text, chance);
  return [start, Math.min(text.length, start + chance.below(most))];
};
const insertAt = (text, at, what) => replaceRange(text, at, at, what);

/** On text, wherever that is. */
export const textMutations = {
  'flip a bit': (text, chance) => {
    const octets = Buffer.from(text);
    const at = chance.below(octets.length);
    octets[at] ^= 1 << chance.below(8);
    return octets;
  },
  'change octets': (text, chance) => {
    const octets = Buffer.from(text);
    for (let count = chance.below(4); count >= 0; count -= 1)
      octets[chance.below(octets.length)] = chance.below(256);
    return octets;
  },
  'drop a range': (text, chance) => replaceRange(text, ...rangeIn(text, chance), ''),
  'repeat a range': (text, chance) => {
    const [start, end] = rangeIn(text, chance);
    return insertAt(text, end, text.slice(start, end));
  },
  'move a range': (text, chance) => {
    const [start, end] = rangeIn(text, chance);
    const rest = replaceRange(text, start, end, '');
    return insertAt(rest, placeIn(rest, chance), text.slice(start, end));
  },
  truncate: (text, chance) => text.slice(0, placeIn(text, chance)),
  'insert a strange character': (text, chance) => insertAt(text, placeIn(text, chance), chance.pick(strange)),
  'insert markup': (text, chance) => insertAt(text, placeIn(text, chance), chance.pick(inserted)),
  'change one letter': (text, chance) => {
    const at = placeIn(text, chance);
    return replaceRange(text, at, at + 1, String.fromCharCode(33 + chance.below(94)));
  },
};

const onElement = (change) => (text, chance, donor) => {
  const elements = elementsIn(text);
  return elements.length === 0 ? text : change(text, chance.pick(elements), chance, elements, donor);
};
/** Just inside or just outside of some element. */
const boundary = (elements, chance) => {
  const { start, inner, innerEnd, end } = chance.pick(elements);
  return chance.pick([start, inner, innerEnd, end]);
};
const hosts = ['samlp:Extensions', 'saml:Advice', 'ds:Object', 'saml:Assertion', 'saml:AttributeValue', 'x'];

/** On whole elements. */
export const elementMutations = {
  'delete an element': onElement((text, { start, end }) => replaceRange(text, start, end, '')),
  'unwrap an element': onElement((text, { start, inner, innerEnd, end }) =>
    replaceRange(text, start, end, text.slice(inner, innerEnd)),
  ),
  'empty an element': onElement((text, { inner, innerEnd }) => replaceRange(text, inner, innerEnd, '')),
  'repeat an element': onElement((text, element) => insertAt(text, element.end, textOf(text, element))),
  'copy an element elsewhere': onElement((text, element, chance, elements) =>
    insertAt(text, boundary(elements, chance), textOf(text, element)),
  ),
  'move an element': onElement((text, element, chance) => {
    const rest = replaceRange(text, element.start, element.end, '');
    const elements = elementsIn(rest);
    return elements.length === 0 ? rest : insertAt(rest, boundary(elements, chance), textOf(text, element));
  }),
  'wrap an element': onElement((text, element, chance) => {
    const host = chance.pick(hosts);
    return replaceRange(text, element.start, element.end, `<${host}>${textOf(text, element)}</${host}>`);
  }),
  'rename an element': onElement((text, element, chance, elements) => {
    const { name } = chance.pick(elements);
    const renamed = textOf(text, element).replace(element.name, name);
    const close = renamed.lastIndexOf(`</${element.name}`);
    return replaceRange(
      text,
      element.start,
      element.end,
      close === -1 ? renamed : replaceRange(renamed, close + 2, close + 2 + element.name.length, name),
    );
  }),
  'take an element from another document': onElement((text, element, chance, _, donor) => {
    const local = element.name.slice(element.name.indexOf(':') + 1);
    const others = elementsIn(donor).filter(({ name }) => name.endsWith(local));
    const other = others.length > 0 ? chance.pick(others) : element;
    return replaceRange(text, element.start, element.end, textOf(others.length > 0 ? donor : text, other));
  }),
};

const onValue = (change) => (text, chance, donor) => {
  const all = valuesIn(text);
  return all.length === 0 ? text : change(text, chance.pick(all), chance, all, donor);
};

/** On the text of elements. */
export const valueMutations = {
  'comment in a value': onValue((text, { start, end }, chance) =>
    insertAt(text, start + chance.below(end - start + 1), '<!---->'),
  ),
  'instruction in a value': onValue((text, { start, end }, chance) =>
    insertAt(text, start + chance.below(end - start + 1), '<?x y?>'),
  ),
  'wrap a value in CDATA': onValue((text, { start, end, value }) =>
    replaceRange(text, start, end, `<![CDATA[${value}]]>`),
  ),
  'write a letter as a reference': onValue((text, { start, value }, chance) => {
    const at = chance.below(value.length);
    return replaceRange(text, start + at, start + at + 1, `&#${value.charCodeAt(at)};`);
  }),
  'entity in a value': onValue((text, { end }) =>
    insertAt(`<!DOCTYPE r [<!ENTITY e "x">]>${text}`, end + 31, '&e;'),
  ),
  'space around a value': onValue((text, { start, end, value }) =>
    replaceRange(text, start, end, ` \n${value}\t`),
  ),
  'split a value by an element': onValue((text, { start, end }, chance) =>
    insertAt(text, start + chance.below(end - start + 1), '<x/>'),
  ),
  'swap two values': onValue((text, one, chance, all) => {
    const other = chance.pick(all);
    const [first, second] = one.start <= other.start ? [one, other] : [other, one];
    if (first.end > second.start) return text;
    return replaceRange(
      replaceRange(text, second.start, second.end, first.value),
      first.start,
      first.end,
      second.value,
    );
  }),
  'take a value from another document': onValue((text, { start, end }, chance, _, donor) =>
    replaceRange(text, start, end, chance.pick(valuesIn(donor))?.value ?? ''),
  ),
  'say it is Eve': (text, chance) =>
    chance.once(2) ? text.replace('ann', 'eve') : text.replaceAll('ann', 'eve'),
  'promote to owners': (text) => text.replaceAll('staff', 'owners'),
  'live for ever': (text) => text.replaceAll('2026-12-01T12:05', '2036-12-01T12:05'),
};
