import fc from 'fast-check';
import { anyText, attribute, scalar } from './strange-values';

const operator = fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le', 'EQ', 'in', '=');

const compare = ([name, compared, value]: readonly [string, string, unknown]) =>
  `${name} ${compared} ${JSON.stringify(value)}`;

/** What is right, with strange values: what is refused at once never gets to the database. */
const likely = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(
        'userName',
        'id',
        'externalId',
        'displayName',
        'title',
        'emails.value',
        'members.value',
      ),
      fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'le'),
      anyText,
    )
    .map(compare),
  fc.tuple(fc.constant('active'), fc.constantFrom('eq', 'ne'), fc.boolean()).map(compare),
  fc
    .tuple(
      fc.constantFrom('meta.created', 'meta.lastModified'),
      fc.constantFrom('eq', 'gt', 'le'),
      fc.date({ noInvalidDate: true }),
    )
    .map(compare),
);

const comparison = fc.tuple(attribute, operator, scalar).map(compare);

const likelyFilter = fc
  .tuple(likely, fc.constantFrom('and', 'or'), likely, fc.boolean())
  .map(([one, joined, other, isNot]) => `${isNot ? 'not ' : ''}(${one} ${joined} ${other})`);

export const { filter } = fc.letrec<{ filter: string }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    { weight: 2, arbitrary: comparison },
    { weight: 4, arbitrary: likely },
    { weight: 4, arbitrary: likelyFilter },
    attribute.map((name) => `${name} pr`),
    fc
      .tuple(tie('filter'), fc.constantFrom('and', 'or', 'xor'), tie('filter'))
      .map((parts) => parts.join(' ')),
    tie('filter').map((inner) => `not (${inner})`),
    tie('filter').map((inner) => `(${inner})`),
    fc.tuple(attribute, tie('filter')).map(([name, inner]) => `${name}[${inner}]`),
    fc.tuple(attribute, tie('filter')).map(([name, inner]) => `${name}[${inner}].value eq "x"`),
  ),
}));

/** A filter, or one that lost or gained some letters, or no filter at all. */
export const anyFilter = fc.oneof(
  { weight: 6, arbitrary: filter },
  fc.tuple(filter, fc.nat(), fc.nat(30), anyText).map(([text, at, length, instead]) => {
    const from = at % (text.length + 1);
    return text.slice(0, from) + instead.slice(0, 200) + text.slice(from + length);
  }),
  anyText,
  fc.integer({ min: 1, max: 3000 }).map((depth) => `${'('.repeat(depth)}id pr${')'.repeat(depth)}`),
  fc.integer({ min: 1, max: 3000 }).map((length) => Array(length).fill('id pr').join(' or ')),
);

/** Everything else that can be asked of a list. */
export const anyQuery = fc.dictionary(
  fc.constantFrom(
    ...[
      'startIndex',
      'count',
      'cursor',
      'sortBy',
      'sortOrder',
      'attributes',
      'excludedAttributes',
      'filter',
      '__proto__',
    ],
  ),
  fc.oneof(
    anyText,
    attribute,
    fc.integer().map(String),
    fc.array(attribute, { maxLength: 4 }).map((names) => names.join(',')),
    fc.constantFrom(
      'ascending',
      'descending',
      '0',
      '-1',
      '1',
      '2147483648',
      '9007199254740993',
      '1.5',
      'NaN',
    ),
  ),
  { maxKeys: 4, noNullPrototype: true },
);
