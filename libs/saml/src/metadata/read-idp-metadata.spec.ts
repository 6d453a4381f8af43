import { certificateBody, generateKeyAndCertificate } from '@gatehouse/tools/saml-idp';
import { chain } from '../../test/certificate-chain';
import { certificateOf, entityId, insert, key, now, refusal, substitute } from '../../test/answers';
import {
  bare,
  entities,
  idpRole,
  keyDescriptor,
  metadata,
  otherRole,
  second,
  ssoUrl,
  withRole,
  wsFederation,
} from '../../test/idp-metadata';
import { describeIdp } from './describe-idp';
import { readIdpMetadata } from './read-idp-metadata';

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

describe('readIdpMetadata', () => {
  it.each<[string, string | Uint8Array]>([
    ['as it is', metadata],
    ['as octets with a byte order mark', Buffer.from(`\ufeff${metadata}`)],
    ['as text with a byte order mark and CRLF', `\ufeff\r\n${metadata.replaceAll('\n', '\r\n')}\r\n`],
    ['in UTF-16 as Windows saves it', Buffer.from(`\ufeff${metadata}`, 'utf16le')],
    ['in UTF-16 of the other order', Buffer.from(`\ufeff${metadata}`, 'utf16le').swap16()],
    [
      'with processing instructions and comments around',
      `<?xml-stylesheet href="a"?><!-- a -->${bare}<!-- b -->`,
    ],
    ['with a time to keep it', metadata.replace(' entityID', ' cacheDuration="PT1H" entityID')],
    [
      'with a validity that lasts',
      metadata.replace(' entityID', ' validUntil=" 2026-06-01T12:00:00.001Z " entityID'),
    ],
    ['with the attribute authority of the same owner', withRole(otherRole('AttributeAuthorityDescriptor'))],
    [
      'with a PEM file in the certificate',
      metadata.replace(/(<ds:X509Certificate>)[^<]*/, `$1${key.certificatePem}`),
    ],
    [
      'beside one that is out of date',
      entities(bare, bare.replace(' entityID', ' validUntil="2026-06-01T12:00:00Z" entityID')),
    ],
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
});

const certificateIn = (changed: string) => read(changed).certificates.map(({ fingerprint }) => fingerprint);
const listedCertificates = /<ds:X509Certificate>.*<\/ds:X509Certificate>/s;
const fingerprintOf = ({ certificatePem }: { certificatePem: string }) =>
  certificateOf(certificatePem).fingerprint;
const service = (name: string, binding: string, location: string, more = '') =>
  `<md:${name} Binding="urn:oasis:names:tc:SAML:2.0:bindings:${binding}" Location="${location}" ${more}/>`;
const withServices = (...services: readonly string[]) =>
  insert(metadata, '<md:SingleSignOnService', services.join(''));

describe('what readIdpMetadata takes over', () => {
  it('logout addresses, with the one for answers, and passes over those that nobody can use [CON-7] [SML-11]', () => {
    const slo = withServices(
      service('SingleLogoutService', 'SOAP', 'https://idp.example/soap'),
      service('SingleLogoutService', 'HTTP-Redirect', 'http://idp.example/slo'),
      service('SingleLogoutService', 'HTTP-POST', 'javascript:alert(1)'),
      service('SingleLogoutService', 'HTTP-POST', ''),
      service(
        'SingleLogoutService',
        'HTTP-Redirect',
        'https://idp.example/slo',
        'ResponseLocation="http://x/"',
      ),
      service(
        'SingleLogoutService',
        'HTTP-Redirect',
        'https://idp.example/slo',
        'ResponseLocation="https://idp.example/done"',
      ),
      service('SingleLogoutService', 'HTTP-POST', 'https://idp.example/post'),
    );
    expect(read(slo)).toEqual({
      ...published,
      slo: [
        { binding: 'redirect', url: 'https://idp.example/slo', responseUrl: 'https://idp.example/done' },
        { binding: 'post', url: 'https://idp.example/post' },
      ],
    });
  });

  it('sign-on addresses in their order, without those that nobody can use and without answers [CON-7]', () => {
    const more = withServices(
      service('SingleSignOnService', 'HTTP-Redirect', 'http://idp.example/plain'),
      service('SingleSignOnService', 'SOAP', 'https://idp.example/ecp'),
      service(
        'SingleSignOnService',
        'HTTP-POST',
        'https://idp.example/first',
        'ResponseLocation="https://x.example/"',
      ),
    );
    expect(read(more).sso).toEqual([{ binding: 'post', url: 'https://idp.example/first' }, ...published.sso]);
  });

  it.each(['true', '1', ' true '])('that requests must be signed (%p) [CON-7]', (wanted) => {
    const wanting = metadata.replace(/ WantAuthnRequestsSigned="[^"]*"/, '');
    const xml = insert(wanting, ' protocolSupportEnumeration', ` WantAuthnRequestsSigned="${wanted}"`);
    expect(read(xml).wantsSignedRequests).toBe(true);
    expect(read(xml.replace(`Signed="${wanted}"`, 'Signed="false"')).wantsSignedRequests).toBe(false);
  });

  it('an expired certificate beside the new one, and only the new one of a weak and a new one [CON-7] [CRT-7]', () => {
    const past = new Date('2020-01-01T00:00:00Z');
    const expired = generateKeyAndCertificate({ notBefore: past, notAfter: past });
    const weak = generateKeyAndCertificate({ modulusLength: 1024 });
    const beside = (pem: string) => insert(metadata, '<md:KeyDescriptor', keyDescriptor(pem));
    expect(certificateIn(beside(expired.certificatePem))).toEqual([expired, key].map(fingerprintOf));
    expect(certificateIn(beside(weak.certificatePem))).toEqual([fingerprintOf(key)]);
  });

  it('the certificate of the key, not the authority that issued it and stands beside it [CON-7] [SML-4]', () => {
    const listed = (...pems: readonly string[]) =>
      pems.map((pem) => `<ds:X509Certificate>${certificateBody(pem)}</ds:X509Certificate>`).join('');
    const { leaf, authority } = chain;
    const xml = (...pems: readonly string[]) => substitute(metadata, listedCertificates, listed(...pems));
    expect(certificateIn(xml(leaf, authority))).toEqual([certificateOf(leaf).fingerprint]);
    expect(certificateIn(xml(key.certificatePem, second.certificatePem))).toEqual(
      [key, second].map(fingerprintOf),
    );
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

  it('takes every host that there can be, and an entity ID of 1,024 octets [CON-6]', () => {
    for (const host of [
      'idp_1.example',
      'xn--bcher-kva.example',
      '[2001:db8::1]:8443',
      '192.0.2.7',
      'idp.example.',
    ])
      expect(refusal(() => describeIdp({ ...typed, ssoUrl: `https://${host}/sso` }))).toBe('accepted');
    expect(refusal(() => describeIdp({ ...typed, entityId: `u${'身'.repeat(341)}` }))).toBe('accepted');
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
    ['a logout address without TLS', { sloUrl: 'http://idp.example/slo' }, 'metadata_incomplete'],
    ['an endless address', { ssoUrl: `https://idp.example/${'a'.repeat(2_000)}` }, 'metadata_incomplete'],
    ['an address with a fragment', { ssoUrl: 'https://idp.example/#sso' }, 'metadata_incomplete'],
    ['a host with a semicolon', { sloUrl: 'https://idp;script-src-elem' }, 'metadata_incomplete'],
    ['a host of a wildcard', { ssoUrl: 'https://*/sso' }, 'metadata_incomplete'],
    ['an entity ID of more than 1,024 octets', { entityId: '身'.repeat(400) }, 'metadata_incomplete'],
    ['no certificate', { certificates: '' }, 'certificate_invalid'],
  ])('refuses %s [CON-6]', (_what, change, code) => {
    expect(refusal(() => describeIdp({ ...typed, ...change }))).toBe(code);
  });
});
