import type { ResponseFacts } from './response-facts';
import { attribute, escaped } from '../web/markup-text';

/** The unsigned Response that says exactly the given facts. */
export function responseDocument(facts: ResponseFacts): string {
  const head = [
    attribute('ID', facts.responseId),
    attribute('Version', facts.version),
    attribute('IssueInstant', instant(facts.issueInstant)),
    attribute('Destination', facts.destination),
    attribute('InResponseTo', facts.inResponseTo),
  ].join('');
  return `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"${head}>${element('Issuer', facts.responseIssuer)}${status(facts)}${assertion(facts)}</samlp:Response>`;
}

function status({ statusCode, statusMessage }: ResponseFacts): string {
  const message =
    statusMessage === null ? '' : `<samlp:StatusMessage>${escaped(statusMessage)}</samlp:StatusMessage>`;
  return `<samlp:Status><samlp:StatusCode Value="${escaped(statusCode)}"/>${message}</samlp:Status>`;
}

function assertion(facts: ResponseFacts): string {
  const head = [
    attribute('ID', facts.assertionId),
    attribute('Version', facts.version),
    attribute('IssueInstant', instant(facts.issueInstant)),
  ].join('');
  const body = [
    element('Issuer', facts.issuer),
    subject(facts),
    conditions(facts),
    authnStatement(facts),
    attributeStatement(facts),
  ].join('');
  return `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"${head}>${body}</saml:Assertion>`;
}

function subject(facts: ResponseFacts): string {
  const nameId = element('NameID', facts.nameId, attribute('Format', facts.nameIdFormat));
  const data = [
    attribute('InResponseTo', facts.inResponseTo),
    attribute('Recipient', facts.recipient),
    attribute('NotOnOrAfter', instant(facts.confirmationNotOnOrAfter)),
  ].join('');
  return `<saml:Subject>${nameId}<saml:SubjectConfirmation Method="${escaped(facts.confirmationMethod)}"><saml:SubjectConfirmationData${data}/></saml:SubjectConfirmation></saml:Subject>`;
}

function conditions({ notBefore, notOnOrAfter, audience }: ResponseFacts): string {
  const window =
    attribute('NotBefore', instant(notBefore)) + attribute('NotOnOrAfter', instant(notOnOrAfter));
  const names = typeof audience === 'string' ? [audience] : (audience ?? []);
  const audiences = names.map((name) => element('Audience', name)).join('');
  const restriction =
    names.length === 0 ? '' : `<saml:AudienceRestriction>${audiences}</saml:AudienceRestriction>`;
  return `<saml:Conditions${window}>${restriction}</saml:Conditions>`;
}

function authnStatement({ authnInstant, sessionIndex, sessionNotOnOrAfter }: ResponseFacts): string {
  if (authnInstant === null) return '';
  const head = [
    attribute('AuthnInstant', instant(authnInstant)),
    attribute('SessionIndex', sessionIndex),
    attribute('SessionNotOnOrAfter', instant(sessionNotOnOrAfter)),
  ].join('');
  const context = element(
    'AuthnContextClassRef',
    'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
  );
  return `<saml:AuthnStatement${head}><saml:AuthnContext>${context}</saml:AuthnContext></saml:AuthnStatement>`;
}

function attributeStatement({ attributes }: ResponseFacts): string {
  const entries = Object.entries(attributes).map(([name, values]) => oneAttribute(name, values));
  return entries.length === 0 ? '' : `<saml:AttributeStatement>${entries.join('')}</saml:AttributeStatement>`;
}

function oneAttribute(name: string, values: readonly string[]): string {
  const children = values.map((value) => element('AttributeValue', value)).join('');
  return `<saml:Attribute Name="${escaped(name)}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:basic">${children}</saml:Attribute>`;
}

function element(name: string, text: string | null, attributes = ''): string {
  return text === null ? '' : `<saml:${name}${attributes}>${escaped(text)}</saml:${name}>`;
}

function instant(date: Date | null): string | null {
  return date === null ? null : date.toISOString();
}
