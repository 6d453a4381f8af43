import { SsoError } from '@gatehouse/core';
import { certificateBody, generateKeyAndCertificate } from '@gatehouse/tools/saml-idp';
import { entityId, insert, key, now, refusal, responseXml, substitute } from '../../test/answers';
import {
  bare,
  entities,
  idpRole,
  keyDescriptor,
  metadata,
  otherRole,
  withRole,
  wsFederation,
} from '../../test/idp-metadata';
import { readIdpMetadata } from './read-idp-metadata';

type Given = string | Uint8Array;

const read = (xml: Given) => readIdpMetadata(xml, now);
const withoutIdp = (role: string) => substitute(metadata, idpRole, role);
const validUntil = (date: string) => ` validUntil="${date}"`;
const outdated = (before: string) => insert(metadata, before, validUntil('2026-06-01T12:00:00Z'));

/** The refusal itself, because what it says is what is tested. */
function refused(xml: Given): SsoError {
  try {
    read(xml);
  } catch (error) {
    if (error instanceof SsoError) return error;
    throw error;
  }
  throw new Error('It was taken.');
}

const openIdConfiguration = JSON.stringify({
  issuer: 'https://idp.example',
  authorization_endpoint: 'https://idp.example/authorize',
  jwks_uri: 'https://idp.example/keys',
});

describe('a document that is no metadata is named for what it is', () => {
  it.each<[string, Given, string, RegExp]>([
    ['nothing', '', 'metadata_empty', /is empty/],
    ['white space', Buffer.from('\ufeff \r\n'), 'metadata_empty', /is empty/],
    [
      'a web page',
      '<!DOCTYPE html><html><body>Sign in</body></html>',
      'metadata_is_html',
      /without signing in/,
    ],
    ['a web page without DOCTYPE', '  <HTML lang="en"></HTML>', 'metadata_is_html', /web page/],
    [
      'an XHTML sign-in page',
      '<?xml version="1.0"?>\n<!-- (c) -->\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"><html/>',
      'metadata_is_html',
      /sign-in page/,
    ],
    ['an OpenID configuration', openIdConfiguration, 'metadata_is_json', /OpenID Connect/],
    ['other JSON', '[{"error":"not_found"}]', 'metadata_is_json', /is XML/],
    ['a certificate', key.certificatePem, 'metadata_is_certificate', /by hand/],
    [
      'a certificate with a text before it',
      `Bag Attributes\n${key.certificatePem}`,
      'metadata_is_certificate',
      /by hand/,
    ],
    [
      'a certificate without PEM lines',
      certificateBody(key.certificatePem),
      'metadata_is_certificate',
      /by hand/,
    ],
    ['a private key', key.privateKeyPem, 'certificate_invalid', /private key/],
    ['a response', responseXml(), 'metadata_is_message', /not metadata/],
    [
      'an assertion',
      /<saml:Assertion.*<\/saml:Assertion>/s.exec(responseXml())?.[0] ?? '',
      'metadata_is_message',
      /not metadata/,
    ],
    [
      'a request',
      '<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_1" Version="2.0"/>',
      'metadata_is_message',
      /not metadata/,
    ],
    ['a response in base64', Buffer.from(responseXml()).toString('base64'), 'metadata_is_message', /encoded/],
    ['a form with a response', 'SAMLResponse=PHNhbWxw', 'metadata_is_message', /encoded/],
    ['metadata in base64', Buffer.from(metadata).toString('base64'), 'metadata_is_message', /encoded/],
    ['an address', 'https://idp.example/metadata', 'metadata_not_xml', /an address/],
    ['other text', 'hello', 'metadata_not_xml', /not XML/],
    ['half a document', metadata.slice(0, metadata.length / 2), 'metadata_not_xml', /cut off/],
    ['all but the last character', metadata.trimEnd().slice(0, -1), 'metadata_not_xml', /cut off/],
    [
      'a document with a fault',
      substitute(metadata, '<md:NameIDFormat>', '<md:NameIDFormat'),
      'metadata_not_xml',
      /well-formed/,
    ],
    ['other octets than UTF-8', Buffer.from([0x3c, 0x61, 0xe9, 0x3e]), 'metadata_not_xml', /UTF-8/],
    [
      'half of UTF-16',
      Buffer.from(`\ufeff${metadata}`, 'utf16le').subarray(0, 1001),
      'metadata_not_xml',
      /UTF-8/,
    ],
    ['a DTD', `<!DOCTYPE r [<!ENTITY a "b">]>${bare}`, 'metadata_not_xml', /DOCTYPE/],
    ['more than 1 MiB', metadata + ' '.repeat(1024 * 1024), 'response_too_large', /one identity provider/],
    ['too many elements', entities('<a/>'.repeat(40_000)), 'response_too_large', /one identity provider/],
    [
      'service provider metadata',
      withoutIdp(otherRole('SPSSODescriptor')),
      'metadata_is_service_provider',
      /service provider/,
    ],
    ['WS-Federation only', withoutIdp(wsFederation), 'metadata_is_ws_federation', /SAML 2.0/],
    [
      'SAML 1.1 only',
      metadata.replace('SAML:2.0:protocol', 'SAML:1.1:protocol'),
      'metadata_no_idp_role',
      /1\.1 only/,
    ],
    ['another document', '<rss/>', 'metadata_no_idp_role', /describes no/],
    ['an entity inside another document', `<soap>${bare}</soap>`, 'metadata_no_idp_role', /describes no/],
  ])('%s [CON-6] [CRT-5]', (_what, xml, code, text) => {
    const { code: got, message } = refused(xml);
    expect({ code: got, message }).toEqual({ code, message: expect.stringMatching(text) });
  });
});

describe('metadata of which not everything will do', () => {
  it.each<[string, Given, string]>([
    ['out of date as a whole', outdated(' entityID'), 'metadata_expired'],
    ['with an identity provider out of date', outdated(' protocolSupportEnumeration'), 'metadata_expired'],
    [
      'in a collection out of date',
      entities(entities(bare)).replace('>', `${validUntil('2020-01-01T00:00:00Z')}>`),
      'metadata_expired',
    ],
    ['valid until some day', insert(metadata, ' entityID', validUntil('tomorrow')), 'metadata_incomplete'],
    [
      'valid until no UTC',
      insert(metadata, ' entityID', validUntil('2030-01-01T00:00:00')),
      'metadata_incomplete',
    ],
    [
      'valid until 31 February',
      insert(metadata, ' entityID', validUntil('2030-02-31T00:00:00Z')),
      'metadata_incomplete',
    ],
    ['without entity ID', metadata.replace(/ entityID="[^"]*"/, ''), 'metadata_incomplete'],
    [
      'with an endless entity ID',
      metadata.replace(entityId, `urn:${'a'.repeat(1_021)}`),
      'metadata_incomplete',
    ],
    [
      'without sign-on address',
      metadata.replace(/<md:SingleSignOnService[^>]*>/g, ''),
      'metadata_incomplete',
    ],
    [
      'with a script as address',
      metadata.replaceAll('https://idp.example/sso', 'javascript:alert(1)//'),
      'metadata_incomplete',
    ],
    [
      'without certificate',
      metadata.replace(/<md:KeyDescriptor.*<\/md:KeyDescriptor>/s, ''),
      'metadata_incomplete',
    ],
    [
      'with encryption keys only',
      metadata.replace('use="signing"', 'use="encryption"'),
      'metadata_incomplete',
    ],
    [
      'with a broken certificate',
      metadata.replace('<ds:X509Certificate>', '<ds:X509Certificate>MIIB'),
      'certificate_invalid',
    ],
    [
      'with a weak key only',
      metadata.replace(
        certificateBody(key.certificatePem),
        certificateBody(generateKeyAndCertificate({ modulusLength: 1024 }).certificatePem),
      ),
      'certificate_weak',
    ],
    [
      'of all tenants of Entra ID',
      metadata.replace(entityId, 'https://sts.windows.net/{tenantid}/'),
      'metadata_is_tenant_wide',
    ],
  ])('is refused: %s [CON-6] [CRT-5]', (_what, xml, code) => {
    expect(refusal(() => read(xml))).toBe(code);
  });

  it('says of a sign-on address without TLS why it will not do [CON-6]', () => {
    const { code, message, details } = refused(
      metadata.replaceAll('https://idp.example/sso', 'http://idp.example/sso'),
    );
    expect({ code, message }).toEqual({
      code: 'metadata_incomplete',
      message: expect.stringContaining('http://'),
    });
    expect(details.got).toContain('http://idp.example/sso');
  });

  it('names each of several identity providers [CON-6]', () => {
    const other = bare.replace(entityId, 'https://other.example/entity');
    const { code, details } = refused(entities(bare, entities(other)));
    expect({ code, got: details.got }).toEqual({
      code: 'metadata_several_idps',
      got: [entityId, 'https://other.example/entity'],
    });
  });

  it('refuses more certificates than are ever tried, before it parses them [CON-6] [SML-10]', () => {
    const many = Array.from({ length: 11 }, (_, at) => keyDescriptor(`AAAA${at}`)).join('');
    expect(refusal(() => read(insert(metadata, '<md:KeyDescriptor', many)))).toBe('certificate_invalid');
  });

  it('reads only the identity provider of a document whose other role is broken [CON-6]', () => {
    const broken = otherRole('SPSSODescriptor').replace('<ds:X509Certificate>', '<ds:X509Certificate>MIIB');
    expect(refusal(() => read(withRole(broken)))).toBe('accepted');
  });
});
