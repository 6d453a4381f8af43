import { certificateBody, generateKeyAndCertificate, SamlIdp } from '@gatehouse/tools/saml-idp';
import { certificateOf, entityId, insert, key, now, refusal, substitute } from '../../test/answers';
import { describeIdp } from './describe-idp';
import { readIdpMetadata } from './read-idp-metadata';

const second = generateKeyAndCertificate();
const ssoUrl = 'https://idp.example/sso?a=1&b=2';
const metadata = new SamlIdp({ entityId, ssoUrl, key }).metadata();
const read = (xml: string | Uint8Array) => readIdpMetadata(xml, now);
const described = {
  entityId,
  sso: [{ binding: 'redirect', url: ssoUrl }],
  slo: [],
  certificates: [certificateOf(key.certificatePem)],
  wantsSignedRequests: false,
};

/** The test identity provider lists both bindings at one address. */
const published = { ...described, sso: [...described.sso, { binding: 'post', url: ssoUrl }] };

const keyDescriptor = (pem: string, use = '') =>
  `<md:KeyDescriptor ${use}><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${certificateBody(pem)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`;
const otherRole = (name: string) =>
  `<md:${name} protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${keyDescriptor(second.certificatePem)}</md:${name}>`;
const withRole = (role: string) => insert(metadata, '<md:IDPSSODescriptor', role);
const wsFederation = `<md:RoleDescriptor xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:fed="http://docs.oasis-open.org/wsfed/federation/200706" xsi:type="fed:SecurityTokenServiceType" protocolSupportEnumeration="http://docs.oasis-open.org/wsfed/federation/200706">${keyDescriptor(second.certificatePem)}</md:RoleDescriptor>`;
const bare = metadata.replace(/^<\?xml.*\?>\s*/, '');
const entities = (...all: readonly string[]) =>
  `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">${all.join('')}</md:EntitiesDescriptor>`;
const idpRole = /<md:IDPSSODescriptor.*<\/md:IDPSSODescriptor>/s;

describe('readIdpMetadata', () => {
  it.each<[string, string | Uint8Array]>([
    ['as it is', metadata],
    ['as octets with a byte order mark', Buffer.from(`\ufeff${metadata}`)],
    [
      'with other prefixes',
      metadata
        .replaceAll('md:', '')
        .replace('xmlns:md', 'xmlns')
        .replace(/xmlns:(?=EntityD|=)/, 'xmlns'),
    ],
    ['with white space in the certificate', metadata.replace(/(<ds:X509Certificate>.{64})/, '$1\n      ')],
    ['with a WS-Federation role before it', withRole(wsFederation)],
    ['with a service provider role before it', withRole(otherRole('SPSSODescriptor'))],
    [
      'with an encryption key',
      insert(metadata, '<md:NameIDFormat>', keyDescriptor(second.certificatePem, 'use="encryption"')),
    ],
    ['with a key without use', metadata.replace(' use="signing"', '')],
    [
      'with the same certificate twice',
      insert(metadata, '<md:NameIDFormat>', keyDescriptor(key.certificatePem)),
    ],
    [
      'as the only one of several entities',
      entities(bare, entities(bare.replace(idpRole, otherRole('SPSSODescriptor')))),
    ],
  ])('reads metadata %s [CON-6] [CON-7]', (_what, xml) => {
    expect(read(xml)).toEqual(published);
  });

  it('takes over every signing certificate, and POST where there is no Redirect [CON-7]', () => {
    const posting = substitute(metadata, /<md:SingleSignOnService [^>]*HTTP-Redirect[^>]*>/, '');
    const { certificates, sso } = read(
      insert(posting, '<md:NameIDFormat>', keyDescriptor(second.certificatePem)),
    );
    expect(certificates).toEqual([key, second].map(({ certificatePem }) => certificateOf(certificatePem)));
    expect(sso).toEqual([{ binding: 'post', url: ssoUrl }]);
  });

  it.each<[string, string | Uint8Array, string]>([
    ['a web page', '<!DOCTYPE html><html><body>Sign in</body></html>', 'metadata_is_html'],
    ['a web page without DOCTYPE', '  <HTML lang="en"></HTML>', 'metadata_is_html'],
    ['JSON', '{"issuer":"https://idp.example"}', 'metadata_not_xml'],
    ['nothing', '', 'metadata_not_xml'],
    ['half a document', metadata.slice(0, 300), 'metadata_not_xml'],
    ['other octets than UTF-8', Buffer.from([0xff, 0xfe, 0x3c, 0x00]), 'metadata_not_xml'],
    ['a DTD', `<!DOCTYPE r [<!ENTITY a "b">]>${bare}`, 'saml_dtd_forbidden'],
    ['more than 1 MiB', metadata + ' '.repeat(1024 * 1024), 'response_too_large'],
    [
      'service provider metadata',
      metadata.replace(idpRole, otherRole('SPSSODescriptor')),
      'metadata_no_idp_role',
    ],
    ['WS-Federation only', metadata.replace(idpRole, wsFederation), 'metadata_no_idp_role'],
    ['SAML 1.1 only', metadata.replace('SAML:2.0:protocol', 'SAML:1.1:protocol'), 'metadata_no_idp_role'],
    ['another document', '<rss/>', 'metadata_no_idp_role'],
    ['two identity providers', entities(bare, bare), 'metadata_incomplete'],
    ['no entity ID', metadata.replace(/ entityID="[^"]*"/, ''), 'metadata_incomplete'],
    ['no sign-on address', metadata.replace(/<md:SingleSignOnService[^>]*>/g, ''), 'metadata_incomplete'],
    [
      'a plain http address',
      metadata.replaceAll('https://idp.example/sso', 'http://idp.example/sso'),
      'metadata_incomplete',
    ],
    [
      'a script as address',
      metadata.replaceAll('https://idp.example/sso', 'javascript:alert(1)//'),
      'metadata_incomplete',
    ],
    [
      'no certificate',
      metadata.replace(/<md:KeyDescriptor.*<\/md:KeyDescriptor>/s, ''),
      'metadata_incomplete',
    ],
    [
      'a past validity',
      metadata.replace(' entityID', ' validUntil="2026-05-31T00:00:00Z" entityID'),
      'metadata_incomplete',
    ],
    [
      'a broken certificate',
      metadata.replace('<ds:X509Certificate>', '<ds:X509Certificate>MIIB'),
      'certificate_invalid',
    ],
  ])('refuses %s [CON-6]', (_what, xml, code) => {
    expect(refusal(() => read(xml))).toBe(code);
  });
});

describe('describeIdp', () => {
  const typed = { entityId: ` ${entityId} `, ssoUrl, certificates: key.certificatePem };

  it('makes of typed values what metadata would have said [CON-6]', () => {
    expect(describeIdp(typed)).toEqual(described);
    expect(describeIdp({ ...typed, ssoBinding: 'post', ssoUrl: 'http://127.0.0.1:7000/sso' })).toMatchObject({
      sso: [{ binding: 'post', url: 'http://127.0.0.1:7000/sso' }],
    });
  });

  it('stores an address in ASCII, so that it can be a Location header [CON-6]', () => {
    expect(describeIdp({ ...typed, ssoUrl: 'https://idp.bücher.example/✓?q=ü' }).sso[0]?.url).toBe(
      'https://idp.xn--bcher-kva.example/%E2%9C%93?q=%C3%BC',
    );
    const { sso } = read(metadata.replaceAll('idp.example/sso', 'idp.example/✓'));
    expect(sso[0]?.url).toBe('https://idp.example/%E2%9C%93?a=1&b=2');
  });

  it.each([
    ['no entity ID', { entityId: ' ' }, 'metadata_incomplete'],
    ['an address with a password', { ssoUrl: 'https://a:b@idp.example/' }, 'metadata_incomplete'],
    ['an address with a fragment', { ssoUrl: 'https://idp.example/#sso' }, 'metadata_incomplete'],
    ['no certificate', { certificates: '' }, 'certificate_invalid'],
  ])('refuses %s [CON-6]', (_what, change, code) => {
    expect(refusal(() => describeIdp({ ...typed, ...change }))).toBe(code);
  });
});
