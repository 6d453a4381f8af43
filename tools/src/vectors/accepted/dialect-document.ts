import { attribute, escaped } from '../../web/markup-text';
import { requestId } from '../honest';
import { now, serviceProvider } from '../vector';
import type { Dialect, DialectAttribute } from './dialect';

const protocol = 'urn:oasis:names:tc:SAML:2.0:protocol';
const assertion = 'urn:oasis:names:tc:SAML:2.0:assertion';

/** The IDs of response and assertion: made of the name where the dialect has no habit of its own. */
export function idsOf({ name, ids }: Dialect): readonly [string, string] {
  return ids ?? [`_${name}-response`, `_${name}-assertion`];
}

/** The unsigned response of a dialect. */
export function dialectDocument(dialect: Dialect): string {
  const [p, a] = dialect.prefixes;
  const issuer = dialect.responseIssuer === false ? '' : issuerElement(dialect, declares(a));
  const success = `${status(p)}`;
  const body = `${issuer}${success}${assertionElement(dialect)}`;
  const response = `<${colon(p)}Response${declares(p, protocol)}${head(dialect)}>${body}</${colon(p)}Response>`;
  const text = (dialect.unsigned ?? same)(laidOut(response, dialect));
  return dialect.declaration ? `<?xml version="1.0" encoding="UTF-8"?>${text}` : text;
}

function head(dialect: Dialect): string {
  const [id] = idsOf(dialect);
  return [
    attribute('Destination', serviceProvider.acsUrl),
    attribute('ID', id),
    attribute('InResponseTo', answered(dialect)),
    attribute('IssueInstant', instant(dialect, 0)),
    attribute('Version', '2.0'),
  ].join('');
}

function answered({ inResponseTo }: Dialect): string | null {
  return inResponseTo === undefined ? requestId : inResponseTo;
}

const colon = (prefix: string) => (prefix === '' ? '' : `${prefix}:`);

function declares(prefix: string, uri = assertion): string {
  return prefix === '' ? ` xmlns="${uri}"` : ` xmlns:${prefix}="${uri}"`;
}

function status(p: string): string {
  return `<${colon(p)}Status><${colon(p)}StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></${colon(p)}Status>`;
}

function issuerElement({ entityId, prefixes }: Dialect, declaration: string): string {
  const a = colon(prefixes[1]);
  return `<${a}Issuer${declaration}>${escaped(entityId)}</${a}Issuer>`;
}

function assertionElement(dialect: Dialect): string {
  const [, a] = dialect.prefixes;
  const [, id] = idsOf(dialect);
  const types = dialect.valueType
    ? ' xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    : '';
  const body = [
    issuerElement(dialect, ''),
    subject(dialect),
    conditions(dialect),
    authnStatement(dialect),
    attributeStatement(dialect),
  ].join('');
  return `<${colon(a)}Assertion${declares(a)}${types} ID="${id}" IssueInstant="${instant(dialect, 0)}" Version="2.0">${body}</${colon(a)}Assertion>`;
}

function subject(dialect: Dialect): string {
  const a = colon(dialect.prefixes[1]);
  const format = attribute('Format', dialect.nameIdFormat ?? null);
  const data = [
    attribute('InResponseTo', answered(dialect)),
    attribute('NotOnOrAfter', instant(dialect, dialect.window[2])),
    attribute('Recipient', serviceProvider.acsUrl),
  ].join('');
  return `<${a}Subject><${a}NameID${format}${dialect.nameIdQualifiers ?? ''}>${escaped(dialect.nameId)}</${a}NameID><${a}SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><${a}SubjectConfirmationData${data}/></${a}SubjectConfirmation></${a}Subject>`;
}

function conditions(dialect: Dialect): string {
  const a = colon(dialect.prefixes[1]);
  const [before, after] = dialect.window;
  const audiences = (dialect.audiences ?? [serviceProvider.entityId]).map(
    (name) => `<${a}Audience>${escaped(name)}</${a}Audience>`,
  );
  return `<${a}Conditions NotBefore="${instant(dialect, -before)}" NotOnOrAfter="${instant(dialect, after)}"><${a}AudienceRestriction>${audiences.join('')}</${a}AudienceRestriction></${a}Conditions>`;
}

function authnStatement(dialect: Dialect): string {
  const a = colon(dialect.prefixes[1]);
  const context = dialect.context ?? 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport';
  const end = dialect.sessionEnd === undefined ? null : instant(dialect, dialect.sessionEnd);
  const head = [
    attribute('AuthnInstant', instant(dialect, -(dialect.signedInBefore ?? 0))),
    attribute('SessionIndex', dialect.sessionIndex ?? null),
    attribute('SessionNotOnOrAfter', end),
  ].join('');
  return `<${a}AuthnStatement${head}><${a}AuthnContext><${a}AuthnContextClassRef>${context}</${a}AuthnContextClassRef></${a}AuthnContext></${a}AuthnStatement>`;
}

function attributeStatement(dialect: Dialect): string {
  const a = colon(dialect.prefixes[1]);
  if (dialect.attributes.length === 0) return '';
  const all = dialect.attributes.map((each) => oneAttribute(a, each, dialect.valueType));
  return `<${a}AttributeStatement>${all.join('')}</${a}AttributeStatement>`;
}

function oneAttribute(a: string, { name, values, friendlyName, format }: DialectAttribute, type?: string) {
  const head = [
    attribute('FriendlyName', friendlyName ?? null),
    attribute('Name', name),
    attribute('NameFormat', format ?? null),
  ].join('');
  const typed = attribute('xsi:type', type ?? null);
  const children = values.map(
    (value) => `<${a}AttributeValue${typed}>${escaped(value)}</${a}AttributeValue>`,
  );
  return `<${a}Attribute${head}>${children.join('')}</${a}Attribute>`;
}

// .NET writes ten-millionths of a second, PHP and Python whole seconds, Java milliseconds.
function instant({ instants = 'milliseconds' }: Dialect, minutes: number): string {
  const text = new Date(now.getTime() + minutes * 60_000).toISOString();
  if (instants === 'seconds') return text.replace('.000Z', 'Z');
  return instants === 'ticks' ? text.replace('.000Z', '.0000000Z') : text;
}

function laidOut(xml: string, { layout = 'tight' }: Dialect): string {
  if (layout === 'tight') return xml;
  let depth = 0;
  const pretty = xml.replace(
    /(>)(<)(\/?)/g,
    (_, end: string, start: string, slash: string, offset: number) => {
      const before = xml.slice(0, offset + 1);
      depth =
        (before.match(/<[^/?!][^>]*[^/]>|<[^/?!]>/g) ?? []).length - (before.match(/<\//g) ?? []).length;
      return `${end}\n${'  '.repeat(slash ? depth - 1 : depth)}${start}${slash}`;
    },
  );
  return layout === 'crlf' ? pretty.replaceAll('\n', '\r\n') : pretty;
}

function same(xml: string): string {
  return xml;
}
