import type { EncryptionStyle } from '../encrypt-element';
import type { KeyName } from '../keys';
import type { SignatureStyle } from '../sign-element';

export interface DialectAttribute {
  readonly name: string;
  readonly values: readonly string[];
  readonly friendlyName?: string;
  readonly format?: string;
}

/** One identity provider's way to say that Ann signed in. */
export interface Dialect {
  readonly name: string;
  readonly what: string;
  readonly rows?: readonly string[];
  readonly reference?: string;
  readonly entityId: string;
  readonly ssoUrl: string;
  /** Prefixes of protocol, assertion and signature elements; '' stands for a default namespace. */
  readonly prefixes: readonly [protocol: string, assertion: string, signature: string];
  readonly sign: 'assertion' | 'response' | 'both';
  readonly signature?: SignatureStyle;
  readonly encryption?: EncryptionStyle;
  readonly certificates?: readonly KeyName[];
  readonly ids?: readonly [response: string, assertion: string];
  readonly nameId: string;
  readonly nameIdFormat?: string;
  readonly nameIdQualifiers?: string;
  readonly attributes: readonly DialectAttribute[];
  /** `xs:string` and the like on each value; absent writes none. */
  readonly valueType?: string;
  readonly instants?: 'milliseconds' | 'seconds' | 'ticks';
  /** Minutes before and after now for Conditions, and after now for the confirmation. */
  readonly window: readonly [before: number, after: number, confirmation: number];
  readonly sessionIndex?: string;
  /** Minutes after now. */
  readonly sessionEnd?: number;
  /** When the person signed in, in minutes before now. */
  readonly signedInBefore?: number;
  readonly context?: string;
  readonly responseIssuer?: boolean;
  readonly audiences?: readonly string[];
  readonly inResponseTo?: string | null;
  readonly declaration?: boolean;
  readonly layout?: 'tight' | 'pretty' | 'crlf';
  /** Bends the document before it is signed, or after. */
  readonly unsigned?: (xml: string) => string;
  readonly signed?: (xml: string) => string;
  readonly metadata?: (dialect: Dialect) => string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly aliases?: readonly string[];
  readonly expect: {
    readonly email?: string;
    readonly firstName?: string;
    readonly lastName?: string;
    readonly displayName?: string;
    readonly groups?: readonly string[];
    readonly certificate?: KeyName;
    readonly subject?: string;
  };
}

export const formats = {
  email: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
  unspecified: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
  persistent: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
};

export const nameFormats = {
  basic: 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic',
  uri: 'urn:oasis:names:tc:SAML:2.0:attrname-format:uri',
  unspecified: 'urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified',
};

/** Attributes with one value each, under one format. */
export function attributes(
  format: string | undefined,
  values: Readonly<Record<string, string | readonly string[]>>,
): DialectAttribute[] {
  return Object.entries(values).map(([name, value]) => ({
    name,
    values: typeof value === 'string' ? [value] : value,
    ...(format === undefined ? {} : { format }),
  }));
}

export const ann = { email: 'ann@acme.example', firstName: 'Ann', lastName: 'Archer' };

/** Where Microsoft's names of attributes begin. */
export const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims';
