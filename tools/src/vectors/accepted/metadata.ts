import { attribute, escaped } from '../../web/markup-text';
import { certificateBody } from '../../saml-idp';
import { certificatePemOf } from '../keys';
import type { KeyName } from '../keys';
import type { Dialect } from './dialect';

const md = 'urn:oasis:names:tc:SAML:2.0:metadata';
const ds = 'http://www.w3.org/2000/09/xmldsig#';
const samlp = 'urn:oasis:names:tc:SAML:2.0:protocol';

/** The certificates that a dialect's metadata names. */
export function certificatesOf({ certificates, signature }: Dialect): readonly KeyName[] {
  return certificates ?? [signature?.key ?? 'idp'];
}

export interface MetadataStyle {
  readonly prefix?: string;
  readonly declaration?: boolean;
  readonly bom?: boolean;
  readonly bindings?: readonly ('HTTP-Redirect' | 'HTTP-POST' | 'SOAP')[];
  /** null leaves `use` out, so that the key serves everything. */
  readonly use?: 'signing' | null;
  /** Base64 in lines, as many products write it. */
  readonly wrapped?: boolean;
  readonly before?: string;
  readonly after?: string;
  readonly entityAttributes?: string;
  readonly roleAttributes?: string;
  readonly lineEnd?: string;
  readonly nameIdFormats?: readonly string[];
}

/** An identity provider's own description of itself, in the manner of a product. */
export function metadata(style: MetadataStyle = {}): (dialect: Dialect) => string {
  return (dialect) => {
    const end = style.lineEnd ?? '\n';
    const p = style.prefix === '' ? '' : `${style.prefix ?? 'md'}:`;
    const xmlns = p === '' ? ` xmlns="${md}"` : ` xmlns:${p.slice(0, -1)}="${md}"`;
    const lines = [
      `${style.bom ? '\ufeff' : ''}${style.declaration === false ? '' : '<?xml version="1.0" encoding="UTF-8"?>'}`,
      `<${p}EntityDescriptor${xmlns}${style.entityAttributes ?? ''} entityID="${escaped(dialect.entityId)}">`,
      style.before ?? '',
      idpRole(p, dialect, style),
      style.after ?? '',
      `</${p}EntityDescriptor>`,
    ];
    return `${lines.filter((line) => line !== '').join(end)}${end}`;
  };
}

function idpRole(p: string, dialect: Dialect, style: MetadataStyle): string {
  const end = style.lineEnd ?? '\n';
  const bindings = style.bindings ?? ['HTTP-POST', 'HTTP-Redirect'];
  const formats = (style.nameIdFormats ?? []).map(
    (format) => `<${p}NameIDFormat>${format}</${p}NameIDFormat>`,
  );
  const children = [
    ...certificatesOf(dialect).map((name) => keyDescriptor(p, name, style)),
    ...formats,
    ...bindings.map((binding) => endpoint(p, binding, dialect.ssoUrl)),
  ];
  return `<${p}IDPSSODescriptor${style.roleAttributes ?? ''} protocolSupportEnumeration="${samlp}">${end}${children.join(end)}${end}</${p}IDPSSODescriptor>`;
}

/** For other roles in the same document too. */
export function keyDescriptor(
  p: string,
  name: KeyName,
  { use = 'signing', wrapped }: MetadataStyle = {},
): string {
  const body = certificateBody(certificatePemOf(name));
  const text = wrapped ? `\n${(body.match(/.{1,64}/g) ?? []).join('\n')}\n` : body;
  return `<${p}KeyDescriptor${attribute('use', use)}><ds:KeyInfo xmlns:ds="${ds}"><ds:X509Data><ds:X509Certificate>${text}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></${p}KeyDescriptor>`;
}

function endpoint(p: string, binding: string, url: string): string {
  return `<${p}SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:${binding}" Location="${escaped(url)}"/>`;
}

const fed = 'http://docs.oasis-open.org/wsfed/federation/200706';

/** The roles of WS-Federation that Microsoft's documents put before the SAML one, with a key of their own. */
export function federationRoles(name: KeyName): string {
  const body = certificateBody(certificatePemOf(name));
  const key = `<KeyDescriptor use="signing"><KeyInfo xmlns="${ds}"><X509Data><X509Certificate>${body}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>`;
  const role = (type: string) =>
    `<RoleDescriptor xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:fed="${fed}" xsi:type="fed:${type}" protocolSupportEnumeration="${fed}">${key}</RoleDescriptor>`;
  return `${role('SecurityTokenServiceType')}${role('ApplicationServiceType')}`;
}

/** A service provider's role beside the identity provider's, with a key that must not count. */
export function serviceProviderRole(p: string, name: KeyName): string {
  return `<${p}SPSSODescriptor protocolSupportEnumeration="${samlp}">${keyDescriptor(p, name)}<${p}AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://elsewhere.example/acs" index="0"/></${p}SPSSODescriptor>`;
}
