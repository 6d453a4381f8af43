/** An attribute as RFC 7643 7 describes it. */
export interface Attribute {
  readonly name: string;
  readonly type:
    'string' | 'boolean' | 'decimal' | 'integer' | 'dateTime' | 'binary' | 'reference' | 'complex';
  readonly multiValued: boolean;
  readonly description: string;
  readonly required: boolean;
  readonly caseExact: boolean;
  readonly mutability: 'readOnly' | 'readWrite' | 'immutable' | 'writeOnly';
  readonly returned: 'always' | 'never' | 'default' | 'request';
  readonly uniqueness: 'none' | 'server' | 'global';
  readonly canonicalValues?: readonly string[];
  readonly referenceTypes?: readonly string[];
  /** Of a complex attribute only. */
  readonly subAttributes?: readonly Attribute[];
}

/** RFC 7643 7: one schema, named by its URN. */
export interface Schema {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly Attribute[];
}

/** RFC 7643 6: a kind of resource, its core schema and the extensions that its resources may carry. */
export interface ResourceType {
  readonly name: 'User' | 'Group';
  /** Below the base address, with a slash. */
  readonly endpoint: '/Users' | '/Groups';
  readonly description: string;
  readonly schema: Schema;
  readonly extensions: readonly Schema[];
}

/**
 * An attribute that was named and found in a schema, in the schema's own spelling. In a resource it stands at
 * `[schema of an extension], attribute, sub`. A whole extension is the complex attribute that its URN names.
 */
export interface AttributeRef {
  /** The URN of the extension whose attribute it is; absent for the core schema and the common attributes. */
  readonly extension?: string;
  readonly attribute: Attribute;
  readonly sub?: Attribute;
  /** It is of an extension that no schema describes: what it says of type and number of values means nothing. */
  readonly undescribed?: true;
}
