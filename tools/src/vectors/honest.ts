import { SamlIdp } from '../saml-idp';
import type { ResponseChanges } from '../saml-idp';
import { certificatePemOf } from './keys';
import { signElement } from './sign-element';
import type { SignatureStyle } from './sign-element';
import { idpEntityId, now, serviceProvider } from './vector';

export const responseId = '_r7d1f0c5a9b3e4286';
export const assertionId = '_a2c8e6b4d0f19375';
export const requestId = '_q5e9a1c7d3b80624';
export const person = {
  nameId: 'ann@acme.example',
  email: 'ann@acme.example',
  firstName: 'Ann',
  lastName: 'Archer',
  groups: ['staff', 'admins'],
};

/** A moment so many minutes from the test's now. */
export const at = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);

/** What the demo's identity provider would say of Ann, unsigned and the same each time. */
export function honest(changes: ResponseChanges = {}): string {
  const key = { privateKeyPem: '', certificatePem: certificatePemOf('idp') };
  const idp = new SamlIdp({ entityId: idpEntityId, ssoUrl: 'https://idp.example/sso', key, now: () => now });
  const question = { id: requestId, issuer: serviceProvider.entityId, acsUrl: serviceProvider.acsUrl };
  const fixed = { responseId, assertionId, sessionIndex: '_s1', sign: 'none' as const };
  return idp.responseXml(question, person, { ...fixed, ...changes });
}

/** Without KeyInfo, which nobody looks at and which would be a quarter of each document. */
export const signAssertion = (xml: string, style: SignatureStyle = {}): string =>
  signElement(xml, assertionId, { keyInfo: null, ...style });

export const signResponse = (xml: string, style: SignatureStyle = {}): string =>
  signElement(xml, responseId, { keyInfo: null, ...style });

export const signBoth = (xml: string, style: SignatureStyle = {}): string =>
  signResponse(signAssertion(xml, style), style);

/** Replaces what must be there once or more: a change that changes nothing would make a vector that proves nothing. */
export function change(xml: string, old: string | RegExp, text: string): string {
  const changed = xml.replace(old, () => text);
  if (changed === xml) throw new Error(`The document does not hold ${String(old).slice(0, 100)}`);
  return changed;
}

/** Puts something in front of the first place where `before` stands. */
export function insert(xml: string, before: string, text: string): string {
  return change(xml, before, `${text}${before}`);
}

const found = (xml: string, pattern: RegExp): string => {
  const text = pattern.exec(xml)?.[0];
  if (text === undefined) throw new Error(`The document does not hold ${String(pattern)}`);
  return text;
};

export const assertionIn = (xml: string): string => found(xml, /<saml:Assertion .*<\/saml:Assertion>/s);

/** The first signature of a text: of a response's, where it is signed. */
export const signatureIn = (xml: string): string => found(xml, /<ds:Signature .*?<\/ds:Signature>/s);

export const without = (xml: string, part: string): string => change(xml, part, '');

/** The same words about Eve, under other IDs. */
export const forged = (xml: string): string =>
  xml.replaceAll('ann@acme', 'eve@acme').replaceAll(/ ID="([^"]*)"/g, ' ID="$1-forged"');
