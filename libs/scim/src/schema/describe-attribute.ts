import type { Attribute } from './attribute';

type Details = Partial<Omit<Attribute, 'name' | 'type' | 'multiValued' | 'description' | 'subAttributes'>>;

const usual = {
  multiValued: false,
  required: false,
  caseExact: false,
  mutability: 'readWrite',
  returned: 'default',
  uniqueness: 'none',
} as const;

export const text = (name: string, description: string, details: Details = {}): Attribute => ({
  ...usual,
  name,
  type: 'string',
  description,
  ...details,
});

export const truth = (name: string, description: string, details: Details = {}): Attribute => ({
  ...text(name, description, details),
  type: 'boolean',
});

export const moment = (name: string, description: string, details: Details = {}): Attribute => ({
  ...text(name, description, details),
  type: 'dateTime',
});

/** RFC 7643 2.3.6 and 2.3.7: what is binary or a reference is compared with regard to case. */
export const binary = (name: string, description: string, details: Details = {}): Attribute => ({
  ...text(name, description, { caseExact: true, ...details }),
  type: 'binary',
});

export const reference = (
  name: string,
  description: string,
  referenceTypes: readonly string[],
  details: Details = {},
): Attribute => ({
  ...text(name, description, { caseExact: true, referenceTypes, ...details }),
  type: 'reference',
});

export const complex = (
  name: string,
  description: string,
  subAttributes: readonly Attribute[],
  details: Details = {},
): Attribute => ({ ...text(name, description, details), type: 'complex', subAttributes });

export const several = (attribute: Attribute): Attribute => ({ ...attribute, multiValued: true });

const kind = (of: string, canonicalValues: readonly string[]): Attribute =>
  text('type', `What kind of ${of} this is.`, canonicalValues.length > 0 ? { canonicalValues } : {});

const primary = (of: string): Attribute =>
  truth('primary', `Whether this is the preferred ${of}. At most one value is.`);

/** RFC 7643 2.4: the parts that the values of a multi-valued attribute have unless it is said otherwise. */
export const values = (
  name: string,
  of: string,
  value: Attribute,
  canonicalTypes: readonly string[] = [],
): Attribute =>
  several(
    complex(name, `Each ${of} of the person.`, [
      value,
      text('display', `A name of this ${of} for people to read.`),
      kind(of, canonicalTypes),
      primary(of),
    ]),
  );

/** As `values`, for an attribute whose values have parts of their own instead of one `value`. */
export const records = (
  name: string,
  of: string,
  parts: readonly Attribute[],
  canonicalTypes: readonly string[],
): Attribute =>
  several(complex(name, `Each ${of} of the person.`, [...parts, kind(of, canonicalTypes), primary(of)]));
