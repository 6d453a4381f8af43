import type { Attribute, AttributeRef } from '../schema/attribute';
import type { Comparison, Filter } from './filter';
import { readMoment } from './read-moment';
import { named, type Token, type Tokens } from './tokens';

type Value = string | number | boolean | null;
type Kind = 'text' | 'moment' | 'boolean' | 'number' | 'binary';

const equality = ['eq', 'ne'] as const;
const parts = ['co', 'sw', 'ew'] as const;
const order = ['gt', 'ge', 'lt', 'le'] as const;
const all: readonly Comparison[] = [...equality, ...parts, ...order];

// RFC 7644 3.4.2.2, table 3: what is neither true nor false has no order, and what is no text has no parts.
const allowed: Readonly<Record<Kind, readonly Comparison[]>> = {
  text: all,
  moment: [...equality, ...order],
  boolean: equality,
  number: [...equality, ...order],
  binary: [...equality, ...parts],
};

const kinds: Readonly<Record<Attribute['type'], Kind | undefined>> = {
  string: 'text',
  reference: 'text',
  dateTime: 'moment',
  boolean: 'boolean',
  decimal: 'number',
  integer: 'number',
  binary: 'binary',
  complex: undefined,
};

const wanted: Readonly<Record<Kind, string>> = {
  text: 'a text in double quotation marks',
  moment: 'a date and time such as "2026-01-31T12:00:00Z"',
  boolean: 'true or false',
  number: 'a number',
  binary: 'a text in base64, in double quotation marks',
};

/** Reads `pr`, or an operator and a value, and checks them against the type of the attribute. */
export function readComparison(tokens: Tokens, of: AttributeRef): Filter {
  refuseSecret(tokens, of);
  const word = tokens.want('word', `pr, ${all.join(', ')}`);
  if (word.text.toLowerCase() === 'pr') return { kind: 'present', of };
  const comparison = all.find((operator) => operator === word.text.toLowerCase());
  if (!comparison) return tokens.refuse(`wanted pr, ${all.join(', ')}, found ${named(word)}`, word);
  const target = comparable(tokens, of, word);
  const token = tokens.take();
  const value = typed(tokens, target, token, readValue(tokens, token));
  refuseOperator(tokens, word, comparison, value === null ? 'boolean' : kindOf(target, value));
  return { kind: 'compare', of: target, comparison, value };
}

// Whoever could compare with it would learn it, letter by letter.
function refuseSecret(tokens: Tokens, of: AttributeRef): void {
  if ((of.sub ?? of.attribute).returned === 'never')
    tokens.refuse(`“${of.attribute.name}” is in no answer and is not compared`);
}

/** RFC 7643 2.4: where a value has parts and none is named, its `value` is meant. */
function comparable(tokens: Tokens, of: AttributeRef, word: Token): AttributeRef {
  if (of.sub || of.attribute.type !== 'complex') return of;
  const sub = of.attribute.subAttributes?.find(({ name }) => name === 'value');
  if (sub) return { ...of, sub };
  const names = (of.attribute.subAttributes ?? []).map(({ name }) => `${of.attribute.name}.${name}`);
  return tokens.refuse(`“${of.attribute.name}” is compared by one of its parts: ${names.join(', ')}`, word);
}

// RFC 7644 3.4.2.2: the literals of JSON, of which clients write `True` as well (Entra ID).
function readValue(tokens: Tokens, token: Token): Value {
  if (token.kind === 'text') return readText(tokens, token);
  if (token.kind === 'word') {
    const word = token.text.toLowerCase();
    if (word === 'true' || word === 'false') return word === 'true';
    if (word === 'null') return null;
    const number = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/u.test(word) ? Number(word) : NaN;
    if (Number.isFinite(number)) return number;
  }
  const forms = 'a text in double quotation marks, a number, true, false or null';
  return tokens.refuse(`wanted ${forms}, found ${named(token)}`, token);
}

function readText(tokens: Tokens, token: Token): string {
  const text = parsed(token.text);
  if (typeof text !== 'string')
    return tokens.refuse('a text is written as in JSON: a backslash as \\\\, a quotation mark as \\"', token);
  // No value has them: PostgreSQL keeps neither.
  if (/[\0\uD800-\uDFFF]/u.test(text))
    return tokens.refuse('U+0000 and half of a character are in no value', token);
  return text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const kindOf = (of: AttributeRef, value: Value): Kind =>
  of.undescribed ? kindOfValue(value) : (kinds[(of.sub ?? of.attribute).type] ?? 'text');

function kindOfValue(value: Value): Kind {
  if (typeof value === 'boolean') return 'boolean';
  return typeof value === 'number' ? 'number' : 'text';
}

/** The value as the type of the attribute has it: Entra ID writes `active eq "False"`. */
function typed(tokens: Tokens, of: AttributeRef, token: Token, value: Value): Value {
  if (value === null) return value;
  const kind = kindOf(of, value);
  const fitting = fit(kind, value);
  const name = (of.sub ?? of.attribute).name;
  if (fitting === undefined)
    return tokens.refuse(`“${name}” is compared with ${wanted[kind]}, found ${named(token)}`, token);
  return fitting;
}

function fit(kind: Kind, value: string | number | boolean): Value | undefined {
  if (kind === 'boolean' && typeof value === 'string')
    return { true: true, false: false }[value.toLowerCase()];
  if (kind === 'moment') return typeof value === 'string' ? readMoment(value) : undefined;
  return kindOfValue(value) === (kind === 'binary' ? 'text' : kind) ? value : undefined;
}

function refuseOperator(tokens: Tokens, word: Token, comparison: Comparison, kind: Kind): void {
  if (allowed[kind].includes(comparison)) return;
  tokens.refuse(`wanted ${allowed[kind].join(', ')} for this kind of value, found ${named(word)}`, word);
}
