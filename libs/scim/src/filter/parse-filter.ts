import type { AttributeRef, ResourceType } from '../schema/attribute';
import { ScimError } from '../scim-error';
import type { Filter } from './filter';
import { resolveName, resolvePart, type Refuse } from './resolve-name';
import { readComparison } from './read-comparison';
import { named, Tokens } from './tokens';

const deepest = 32;
// Each is asked of each resource: more of them than anybody means would keep a database busy.
const most = 100;

/** Where names are looked up: in a resource, or in one value of a multi-valued attribute. */
interface Scope {
  readonly find: (name: string, refuse: Refuse) => AttributeRef;
  readonly hasValues: boolean;
  readonly depth: number;
}

/** RFC 7644 3.4.2.2. Throws a `ScimError` with `invalidFilter` that says where, what was wanted and what was found. */
export function parseFilter(text: string, type: ResourceType): Filter {
  const tokens = new Tokens(text, { what: 'filter', scimType: 'invalidFilter' });
  const filter = readFilter(tokens, {
    find: (name, refuse) => resolveName(name, type, refuse),
    hasValues: true,
    depth: 0,
  });
  tokens.want('end', 'and, or, or the end');
  const count = comparisonsIn(filter);
  if (count > most) throw tooMany(count);
  return filter;
}

function comparisonsIn(filter: Filter): number {
  if (filter.kind === 'and' || filter.kind === 'or')
    return filter.filters.reduce((sum, one) => sum + comparisonsIn(one), 0);
  return filter.kind === 'not' || filter.kind === 'some' ? comparisonsIn(filter.filter) : 1;
}

const tooMany = (count: number): ScimError =>
  new ScimError(
    400,
    `The filter is too long: wanted at most ${most} comparisons, found ${count}.`,
    'invalidFilter',
  );

/** Reads `[type eq "work"]`, whose names are those of the parts of the attribute. */
export function readValueFilter(tokens: Tokens, of: AttributeRef, depth = 0): Filter {
  const find = (name: string, refuse: Refuse): AttributeRef => findInValue(of, name, refuse);
  tokens.want('[', '“[”');
  const filter = readFilter(tokens, { find, hasValues: false, depth: depth + 1 });
  tokens.want(']', 'and, or, or “]”');
  return filter;
}

// RFC 7643 2.4: `value` is the value itself where it has no parts.
function findInValue(of: AttributeRef, name: string, refuse: Refuse): AttributeRef {
  const isPlain = of.attribute.multiValued && of.attribute.type !== 'complex';
  return isPlain && name.toLowerCase() === 'value' ? of : resolvePart(of, name, refuse);
}

function readFilter(tokens: Tokens, scope: Scope): Filter {
  if (scope.depth > deepest) tokens.refuse(`wanted at most ${deepest} brackets within each other`);
  return readSeries(tokens, 'or', () => readSeries(tokens, 'and', () => readTerm(tokens, scope)));
}

function readSeries(tokens: Tokens, kind: 'and' | 'or', readOne: () => Filter): Filter {
  const first = readOne();
  const filters = [first];
  while (tokens.isWord(kind)) {
    tokens.take();
    filters.push(readOne());
  }
  return filters.length === 1 ? first : { kind, filters };
}

function readTerm(tokens: Tokens, scope: Scope): Filter {
  if (tokens.isAt('(')) return readGroup(tokens, scope);
  const word = tokens.want('word', 'the name of an attribute, not, or “(”');
  if (word.text.toLowerCase() === 'not') return { kind: 'not', filter: readGroup(tokens, scope) };
  const of = scope.find(word.text, (problem) => tokens.refuse(problem, word));
  return tokens.isAt('[') ? readSome(tokens, of, scope) : readComparison(tokens, of);
}

function readGroup(tokens: Tokens, scope: Scope): Filter {
  tokens.want('(', '“(”');
  const filter = readFilter(tokens, { ...scope, depth: scope.depth + 1 });
  tokens.want(')', 'and, or, or “)”');
  return filter;
}

/** `emails[type eq "work"]`, and as Entra ID writes it, `emails[type eq "work"].value eq "x"`: both are true of one value. */
function readSome(tokens: Tokens, of: AttributeRef, { hasValues, depth }: Scope): Filter {
  if (!hasValues || of.sub) tokens.refuse(`wanted an operator, found ${named(tokens.current)}`);
  const chosen = readValueFilter(tokens, of, depth);
  const filter: Filter = hasPart(tokens) ? { kind: 'and', filters: [chosen, readPart(tokens, of)] } : chosen;
  // What has one value has the same parts within brackets and without.
  return of.attribute.multiValued || of.undescribed ? { kind: 'some', of, filter } : filter;
}

const hasPart = (tokens: Tokens): boolean => tokens.isAt('word') && tokens.current.text.startsWith('.');

function readPart(tokens: Tokens, of: AttributeRef): Filter {
  const word = tokens.take();
  const part = resolvePart(of, word.text.slice(1), (problem) => tokens.refuse(problem, word));
  return readComparison(tokens, part);
}
