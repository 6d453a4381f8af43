import type { KeyName } from './keys';

/** Who the test is about, where nothing else is said. */
export const now = new Date('2026-12-01T12:00:00.000Z');

/** What a vector expects to be told of the person; a field that is absent here must not come either. */
export interface ExpectedIdentity {
  readonly subject: string;
  readonly email?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly displayName?: string;
  readonly groups: readonly string[];
  readonly sessionIndex?: string;
  readonly inResponseTo?: string;
  /** Which certificate fitted. */
  readonly certificate: KeyName;
}

/** A document too large to keep: `place` in response.xml becomes `text` this many times, `{n}` in it counting from 0. */
export interface Repeat {
  readonly place: string;
  readonly times: number;
  readonly text: string;
}

interface VectorFacts {
  readonly name: string;
  /** One sentence: what the dialect or the attacker does. */
  readonly what: string;
  readonly rows: readonly string[];
  readonly reference?: string;
  readonly now?: Date;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly decryptionKeys?: readonly KeyName[];
}

export interface AcceptedVector extends VectorFacts {
  readonly idpEntityId: string;
  readonly certificates: readonly KeyName[];
  readonly aliases?: readonly string[];
  readonly response: string;
  readonly metadata: string;
  readonly identity: ExpectedIdentity;
}

export interface RejectedVector extends VectorFacts {
  readonly code: string;
  readonly idpEntityId?: string;
  readonly certificates?: readonly KeyName[];
  /** Octets that are no text go to response.b64, and so does what is posted as it is. */
  readonly response: string | Buffer | { readonly posted: string };
  readonly make?: readonly Repeat[];
  /** Which single check keeps this document out. */
  readonly heldBy?: string;
}

export const idpEntityId = 'https://idp.example/entity';
export const connection = 'conn_01jdzw5nq8e4k6m2r9t3v7x0yb';
export const otherConnection = 'conn_01jdzw5nq8f7p1s4u8w2y5a9cd';
export const serviceProvider = {
  entityId: `https://sso.example/saml/metadata/${connection}`,
  acsUrl: `https://sso.example/saml/acs/${connection}`,
};
