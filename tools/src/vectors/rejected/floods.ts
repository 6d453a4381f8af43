import type { Repeat } from '../vector';
import { contents, signatures } from './content-floods';
import { extended, large, many, place } from './flood';
import { vectors } from './row';
import type { Row } from './row';

const nested = (depth: number): readonly Repeat[] => [
  { place, times: depth, text: '<a>' },
  { place: '@/@', times: depth, text: '</a>' },
];
/** Name, what comes too often, where, and what `response.xml` leaves to be made. */
const markup: readonly Row[] = [
  ['elements', 'A flood of elements', large, extended(place), { make: many(125_000, '<a/>') }],
  [
    'elements-that-fit',
    'A flood of elements that fits 35 KB',
    large,
    extended(place),
    { make: many(7700, '<a/>') },
  ],
  [
    'attributes',
    'A flood of attributes on one element',
    large,
    extended(`<a ${place}/>`),
    { make: many(40_000, ' b{n}=""') },
  ],
  [
    'attributes-65',
    'One attribute more than an element may have',
    large,
    extended(`<a ${place}/>`),
    { make: many(65, ' b{n}=""') },
  ],
  [
    'attributes-over-elements',
    'A flood of attributes, few on each element',
    large,
    extended(place),
    { make: many(1000, `<a ${Array.from({ length: 50 }, (_, at) => `b${at}=""`).join(' ')}/>`) },
  ],
  [
    'namespaces',
    'A flood of namespaces on one element',
    large,
    extended(`<a ${place}/>`),
    { make: many(20_000, ' xmlns:b{n}="u"') },
  ],
  [
    'namespaces-in-levels',
    'New namespaces on each of twenty levels',
    large,
    extended(`${place}${'</a>'.repeat(20)}`),
    { make: many(20, `<a ${Array.from({ length: 31 }, (_, at) => `xmlns:b{n}-${at}="u"`).join(' ')}>`) },
  ],
  [
    'long-namespace',
    'A namespace of 100,000 characters',
    large,
    extended(`<a xmlns="${place}"/>`),
    { make: many(100_000, 'u') },
  ],
  [
    'long-name',
    'An element whose name has 100,000 characters',
    large,
    extended(`<a${place}/>`),
    { make: many(100_000, 'a') },
  ],
  ['levels', 'A flood of levels', large, extended(`${place}@/@`), { make: nested(70_000) }],
  [
    'levels-65',
    'One level more than there may be',
    large,
    extended(`${place}@/@`),
    { make: nested(63), reference: 'CWE-674' },
  ],
  ['comments', 'A flood of comments', large, extended(place), { make: many(70_000, '<!---->') }],
  ['cdata', 'A flood of CDATA sections', large, extended(place), { make: many(30_000, '<![CDATA[]]>') }],
  [
    'references-to-characters',
    'A flood of character references',
    large,
    extended(place),
    { make: many(90_000, '&#65;') },
  ],
  ['carriage-returns', 'A flood of carriage returns', large, extended(place), { make: many(450_000, '\r') }],
  ['line-feeds', 'A flood of line feeds', large, extended(place), { make: many(450_000, '\n') }],
  [
    'tabs-in-value',
    'A flood of tabs in an attribute',
    large,
    extended(`<a b="${place}"/>`),
    { make: many(450_000, '\t') },
  ],
  [
    'angle-brackets',
    'A flood of angle brackets in text',
    large,
    extended(place),
    { make: many(450_000, '>') },
  ],
  ['octets', 'More than 512 KiB of text', large, extended(place), { make: many(512 * 1024, 'x') }],
  [
    'octets-of-two',
    'More than 512 KiB of letters of two octets each',
    large,
    extended(place),
    { make: many(300_000, 'é') },
  ],
];

export const floods = vectors(['SML-10'], [...markup, ...signatures, ...contents]).map((vector) => ({
  ...vector,
  name: `flood-${vector.name}`,
}));
