import { randomBytes } from 'node:crypto';
import type { Encryption } from './encrypt-assertion';
import type { SignMode } from './sign-response';

/** Who signs in, as the identity provider knows them. */
export interface Person {
  readonly nameId: string;
  readonly nameIdFormat?: string;
  readonly email?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly groups?: readonly string[];
}

/** What is answered: a request, or (without `id`) nothing: an IdP-initiated sign-in. */
export interface Question {
  readonly id?: string;
  readonly issuer: string;
  readonly acsUrl: string;
  readonly relayState?: string;
}

/** All that a response says; null leaves the attribute or element out. */
export interface ResponseFacts {
  readonly responseId: string;
  readonly assertionId: string;
  readonly version: string;
  readonly issueInstant: Date;
  readonly issuer: string;
  /** The issuer of the Response element; the assertion's, where nothing else is said. */
  readonly responseIssuer: string | null;
  readonly destination: string | null;
  readonly inResponseTo: string | null;
  readonly statusCode: string;
  readonly statusMessage: string | null;
  readonly nameId: string | null;
  readonly nameIdFormat: string | null;
  readonly confirmationMethod: string;
  readonly recipient: string | null;
  readonly confirmationNotOnOrAfter: Date | null;
  readonly notBefore: Date | null;
  readonly notOnOrAfter: Date | null;
  readonly audience: string | readonly string[] | null;
  readonly authnInstant: Date | null;
  readonly sessionIndex: string | null;
  readonly sessionNotOnOrAfter: Date | null;
  readonly attributes: Readonly<Record<string, readonly string[]>>;
}

/** One thing bent at a time, by a test; `xml` sees the document before it is signed, `signedXml` after. */
export interface ResponseChanges extends Partial<ResponseFacts> {
  readonly sign?: SignMode;
  /** Absent: the assertion goes in clear. */
  readonly encrypt?: Encryption;
  readonly xml?: (unsigned: string) => string;
  readonly signedXml?: (signed: string) => string;
}

export const STATUS_SUCCESS = 'urn:oasis:names:tc:SAML:2.0:status:Success';
const MINUTE = 60_000;

/** The facts of an honest response with the changes laid over them. */
export function responseFacts(
  idpEntityId: string,
  question: Question,
  person: Person,
  changes: ResponseChanges,
  now: Date,
): ResponseFacts {
  const notOnOrAfter = changes.notOnOrAfter === undefined ? later(now, 5 * MINUTE) : changes.notOnOrAfter;
  const issuer = changes.issuer ?? idpEntityId;
  return {
    ...envelope(question, now),
    ...validity(now),
    ...subject(person),
    issuer,
    responseIssuer: issuer,
    confirmationNotOnOrAfter: notOnOrAfter,
    ...changes,
    notOnOrAfter,
  };
}

function envelope(question: Question, now: Date) {
  return {
    responseId: newId(),
    assertionId: newId(),
    version: '2.0',
    issueInstant: now,
    destination: question.acsUrl,
    inResponseTo: question.id ?? null,
    statusCode: STATUS_SUCCESS,
    statusMessage: null,
    confirmationMethod: 'urn:oasis:names:tc:SAML:2.0:cm:bearer',
    recipient: question.acsUrl,
    audience: question.issuer,
  };
}

function validity(now: Date) {
  return {
    notBefore: later(now, -MINUTE),
    authnInstant: now,
    sessionIndex: newId(),
    sessionNotOnOrAfter: later(now, 8 * 60 * MINUTE),
  };
}

/** How every message of this identity provider names the person. */
export function nameIdOf({ nameId, nameIdFormat = usualFormat(nameId) }: Person) {
  return { nameId, nameIdFormat };
}

function subject(person: Person) {
  return {
    ...nameIdOf(person),
    attributes: attributesOf(person),
  };
}

function attributesOf({ email, firstName, lastName, groups }: Person): Record<string, readonly string[]> {
  return {
    ...(email === undefined ? {} : { email: [email] }),
    ...(firstName === undefined ? {} : { firstName: [firstName] }),
    ...(lastName === undefined ? {} : { lastName: [lastName] }),
    ...(groups === undefined ? {} : { groups }),
  };
}

function usualFormat(nameId: string): string {
  return nameId.includes('@')
    ? 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'
    : 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent';
}

function later(now: Date, milliseconds: number): Date {
  return new Date(now.getTime() + milliseconds);
}

/** SAML Core 1.3.4: at least 128 bits, and an xs:ID must not begin with a digit. */
function newId(): string {
  return `_${randomBytes(20).toString('hex')}`;
}
