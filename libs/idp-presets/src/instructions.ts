/** What people read, in the languages of the portal. */
export interface Texts {
  readonly en: string;
  readonly de: string;
  readonly fr: string;
}

/** A name as it stands in an identity provider's console: its English one, and others where its console has them. */
export type ConsoleName = string | { readonly en: string; readonly de?: string; readonly fr?: string };

/** Where something is found in a console: menu, tab, button, field. */
export type Where = readonly [ConsoleName, ...ConsoleName[]];

/** What we are towards the identity provider: filled in for each connection and shown with a button that copies it. */
export const ownValues = [
  'acs-url',
  'entity-id',
  'metadata-url',
  'slo-url',
  'sign-in-url',
  'sp-certificate',
  /** OneLogin: a regular expression that the ACS URL and nothing else fits. */
  'acs-validator',
  /** Auth0: the settings of its add-on as one JSON document. */
  'auth0-settings',
  'redirect-uri',
  'scim-url',
  'scim-token',
] as const;
export type OwnValue = (typeof ownValues)[number];

export type FieldValue =
  | { readonly kind: 'ours'; readonly value: OwnValue }
  /** One of the options that the console offers. */
  | { readonly kind: 'option'; readonly option: ConsoleName }
  /** Text to copy, the same for everybody. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'empty' | 'ticked' | 'unticked' };

/** One line of a guide. */
export type Instruction =
  | { readonly kind: 'go'; readonly where: Where }
  | { readonly kind: 'set'; readonly field: ConsoleName; readonly to: FieldValue }
  | { readonly kind: 'say'; readonly text: Texts };

/** Go there. */
export function go(...where: Where): Instruction {
  return { kind: 'go', where };
}

/** Set this field to that. */
export function set(field: ConsoleName, to: FieldValue): Instruction {
  return { kind: 'set', field, to };
}

/** What no field says. */
export function say(en: string, de: string, fr: string): Instruction {
  return { kind: 'say', text: { en, de, fr } };
}

export function texts(en: string, de: string, fr: string): Texts {
  return { en, de, fr };
}

export function ours(value: OwnValue): FieldValue {
  return { kind: 'ours', value };
}

export function option(name: ConsoleName): FieldValue {
  return { kind: 'option', option: name };
}

export function text(value: string): FieldValue {
  return { kind: 'text', text: value };
}

export const empty: FieldValue = { kind: 'empty' };
export const ticked: FieldValue = { kind: 'ticked' };
export const unticked: FieldValue = { kind: 'unticked' };
