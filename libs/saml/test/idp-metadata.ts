import { certificateBody, generateKeyAndCertificate, SamlIdp } from '@gatehouse/tools/saml-idp';
import { entityId, insert, key } from './answers';

/** The key of somebody else in the same document. */
export const second = generateKeyAndCertificate();
export const ssoUrl = 'https://idp.example/sso?a=1&b=2';
export const metadata = new SamlIdp({ entityId, ssoUrl, key }).metadata();
/** Without the XML declaration, to be put inside another document. */
export const bare = metadata.replace(/^<\?xml.*\?>\s*/, '');
export const idpRole = /<md:IDPSSODescriptor.*<\/md:IDPSSODescriptor>/s;

export const keyDescriptor = (pem: string, use = '') =>
  `<md:KeyDescriptor ${use}><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${certificateBody(pem)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`;

export const otherRole = (name: string) =>
  `<md:${name} protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${keyDescriptor(second.certificatePem)}</md:${name}>`;

export const withRole = (role: string) => insert(metadata, '<md:IDPSSODescriptor', role);

export const wsFederation = `<md:RoleDescriptor xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:fed="http://docs.oasis-open.org/wsfed/federation/200706" xsi:type="fed:SecurityTokenServiceType" protocolSupportEnumeration="http://docs.oasis-open.org/wsfed/federation/200706">${keyDescriptor(second.certificatePem)}</md:RoleDescriptor>`;

export const entities = (...all: readonly string[]) =>
  `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">${all.join('')}</md:EntitiesDescriptor>`;
