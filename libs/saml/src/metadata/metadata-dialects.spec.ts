import { certificateBody } from '@gatehouse/tools/saml-idp';
import { certificateOf, key, now } from '../../test/answers';
import { ellipticKey } from '../../test/elliptic-key';
import { second } from '../../test/idp-metadata';
import { readIdpMetadata } from './read-idp-metadata';

const bindings = 'urn:oasis:names:tc:SAML:2.0:bindings';
const saml = 'urn:oasis:names:tc:SAML:2.0:protocol';
const [first, next, foreign] = [key, ellipticKey, second].map(({ certificatePem }) => certificatePem);

/** A certificate as the XML Signature namespace wraps it, under the prefix that a document uses. */
function keyInfo(pem = '', prefix = ''): string {
  const name = (local: string) => (prefix === '' ? local : `${prefix}:${local}`);
  const xmlns = prefix === '' ? 'xmlns' : `xmlns:${prefix}`;
  const body = certificateBody(pem).replace(/(.{76})/g, '$1\r\n');
  return `<${name('KeyInfo')} ${xmlns}="http://www.w3.org/2000/09/xmldsig#"><${name('X509Data')}><${name('X509Certificate')}>
      ${body}
    </${name('X509Certificate')}></${name('X509Data')}></${name('KeyInfo')}>`;
}

const wsFederation = (type: string) =>
  `<RoleDescriptor xsi:type="fed:${type}" protocolSupportEnumeration="http://docs.oasis-open.org/wsfed/federation/200706" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:fed="http://docs.oasis-open.org/wsfed/federation/200706"><KeyDescriptor use="signing">${keyInfo(foreign)}</KeyDescriptor></RoleDescriptor>`;

/** A mark of byte order, a signature of the document, WS-Federation before the role, two keys, one address for all. */
const entra = `\ufeff<?xml version="1.0" encoding="utf-8"?><EntityDescriptor ID="_1" entityID="https://sts.windows.net/5c2e/" xmlns="urn:oasis:names:tc:SAML:2.0:metadata"><Signature xmlns="http://www.w3.org/2000/09/xmldsig#">${keyInfo(foreign)}</Signature>${wsFederation('SecurityTokenServiceType')}${wsFederation('ApplicationServiceType')}<IDPSSODescriptor protocolSupportEnumeration="${saml}"><KeyDescriptor use="signing">${keyInfo(first)}</KeyDescriptor><KeyDescriptor use="signing">${keyInfo(next)}</KeyDescriptor><SingleLogoutService Binding="${bindings}:HTTP-Redirect" Location="https://login.microsoftonline.com/5c2e/saml2"/><SingleSignOnService Binding="${bindings}:HTTP-Redirect" Location="https://login.microsoftonline.com/5c2e/saml2"/><SingleSignOnService Binding="${bindings}:HTTP-POST" Location="https://login.microsoftonline.com/5c2e/saml2"/></IDPSSODescriptor></EntityDescriptor>`;

/** Both roles of one owner, in the order IdP, SP, each with keys for both uses; answers to a logout have their own address. */
const lemonLdap = `<?xml version="1.0"?>
<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="https://auth.example/saml/metadata">
  <IDPSSODescriptor WantAuthnRequestsSigned="true" protocolSupportEnumeration="${saml}">
    <KeyDescriptor use="signing">${keyInfo(first, 'ds')}</KeyDescriptor>
    <KeyDescriptor use="encryption">${keyInfo(foreign, 'ds')}</KeyDescriptor>
    <ArtifactResolutionService isDefault="true" index="0" Binding="${bindings}:SOAP" Location="https://auth.example/saml/artifact"/>
    <SingleLogoutService Binding="${bindings}:SOAP" Location="https://auth.example/saml/singleLogoutSOAP"/>
    <SingleLogoutService Binding="${bindings}:HTTP-Redirect" Location="https://auth.example/saml/singleLogout" ResponseLocation="https://auth.example/saml/singleLogoutReturn"/>
    <NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</NameIDFormat>
    <SingleSignOnService Binding="${bindings}:HTTP-Artifact" Location="https://auth.example/saml/singleSignOnArtifact"/>
    <SingleSignOnService Binding="${bindings}:HTTP-POST" Location="https://auth.example/saml/singleSignOn"/>
  </IDPSSODescriptor>
  <SPSSODescriptor AuthnRequestsSigned="true" protocolSupportEnumeration="${saml}">
    <KeyDescriptor>${keyInfo(foreign, 'ds')}</KeyDescriptor>
    <SingleLogoutService Binding="${bindings}:HTTP-Redirect" Location="https://auth.example/saml/proxySingleLogout"/>
    <AssertionConsumerService index="0" Binding="${bindings}:HTTP-POST" Location="https://auth.example/saml/proxySingleSignOnPost"/>
  </SPSSODescriptor>
</EntityDescriptor>`;

/** Rolled over early: the keys of today and of in twenty days, beside attributes and contacts; service provider first. */
const adfs = `<EntityDescriptor entityID="http://adfs.example/adfs/services/trust" xmlns="urn:oasis:names:tc:SAML:2.0:metadata">${wsFederation('ApplicationServiceType')}<SPSSODescriptor WantAssertionsSigned="true" protocolSupportEnumeration="${saml}"><KeyDescriptor use="signing">${keyInfo(foreign)}</KeyDescriptor></SPSSODescriptor><IDPSSODescriptor protocolSupportEnumeration="${saml}"><KeyDescriptor use="encryption">${keyInfo(foreign)}</KeyDescriptor><KeyDescriptor use="signing">${keyInfo(first)}</KeyDescriptor><KeyDescriptor use="signing">${keyInfo(next)}</KeyDescriptor><SingleLogoutService Binding="${bindings}:HTTP-POST" Location="https://adfs.example/adfs/ls/"/><SingleSignOnService Binding="${bindings}:HTTP-POST" Location="https://adfs.example/adfs/ls/"/><Attribute Name="http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress" xmlns="urn:oasis:names:tc:SAML:2.0:assertion"/></IDPSSODescriptor><ContactPerson contactType="support"/></EntityDescriptor>`;

const fingerprints = (...pems: readonly (string | undefined)[]) =>
  pems.map((pem = '') => ({ fingerprint: certificateOf(pem).fingerprint }));

describe('metadata as products write it', () => {
  it('Entra ID: only the keys of the SAML role, all of them, and its one address for every binding [CON-6] [CON-7]', () => {
    const url = 'https://login.microsoftonline.com/5c2e/saml2';
    const read = readIdpMetadata(Buffer.from(entra), now);
    expect(read).toMatchObject({
      entityId: 'https://sts.windows.net/5c2e/',
      sso: [
        { binding: 'redirect', url },
        { binding: 'post', url },
      ],
      slo: [{ binding: 'redirect', url }],
      certificates: fingerprints(first, next),
      wantsSignedRequests: false,
    });
  });

  it('LemonLDAP: nothing of the service provider in the same document, and where answers to a logout go [CON-6] [CON-7]', () => {
    const [url, responseUrl] = ['singleLogout', 'singleLogoutReturn'].map(
      (path) => `https://auth.example/saml/${path}`,
    );
    expect(readIdpMetadata(lemonLdap, now)).toMatchObject({
      entityId: 'https://auth.example/saml/metadata',
      sso: [{ binding: 'post', url: 'https://auth.example/saml/singleSignOn' }],
      slo: [{ binding: 'redirect', url, responseUrl }],
      certificates: fingerprints(first),
      wantsSignedRequests: true,
    });
  });

  it('AD FS: the keys of today and of the coming change, from the role that stands last [CON-6] [CON-7]', () => {
    expect(readIdpMetadata(adfs, now)).toMatchObject({
      entityId: 'http://adfs.example/adfs/services/trust',
      sso: [{ binding: 'post', url: 'https://adfs.example/adfs/ls/' }],
      slo: [{ binding: 'post', url: 'https://adfs.example/adfs/ls/' }],
      certificates: fingerprints(first, next),
    });
  });
});
