import { escaped } from '../web/markup-text';

export interface IdpMetadataFacts {
  readonly entityId: string;
  readonly ssoUrl: string;
  readonly certificatesPem: readonly string[];
  readonly wantsSignedRequests?: boolean;
  /** Where logout messages go; without it the IdP knows no logout. */
  readonly sloUrl?: string | undefined;
  readonly sloResponseUrl?: string | undefined;
}

const BINDINGS = ['HTTP-Redirect', 'HTTP-POST'];

/** The bare base64 of a PEM certificate, as XML Signature wants it. */
export function certificateBody(pem: string): string {
  return pem.replace(/-----[^-]+-----|\s/g, '');
}

/** SAML Metadata 2.4.3: an IdP's descriptor with its signing certificates and its two SSO endpoints. */
export function idpMetadata(facts: IdpMetadataFacts): string {
  const { entityId, ssoUrl, certificatesPem, wantsSignedRequests = false } = facts;
  return `<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${escaped(entityId)}">
  <md:IDPSSODescriptor WantAuthnRequestsSigned="${wantsSignedRequests}" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
${certificatesPem.map(keyDescriptor).join('\n')}
${facts.sloUrl === undefined ? '' : BINDINGS.map((binding) => logoutEndpoint(binding, facts)).join('\n')}
    <md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</md:NameIDFormat>
    <md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</md:NameIDFormat>
${BINDINGS.map((binding) => endpoint(binding, ssoUrl)).join('\n')}
  </md:IDPSSODescriptor>
</md:EntityDescriptor>
`;
}

function keyDescriptor(pem: string): string {
  const body = certificateBody(pem);
  return `    <md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${body}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`;
}

function logoutEndpoint(binding: string, { sloUrl = '', sloResponseUrl }: IdpMetadataFacts): string {
  const answers = sloResponseUrl === undefined ? '' : ` ResponseLocation="${escaped(sloResponseUrl)}"`;
  return `    <md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:${binding}" Location="${escaped(sloUrl)}"${answers}/>`;
}

function endpoint(binding: string, url: string): string {
  return `    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:${binding}" Location="${escaped(url)}"/>`;
}
