import { X509Certificate, createPrivateKey } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { SaxesParser } from 'saxes';
import { SignedXml } from 'xml-crypto';
import { SamlIdp, generateKeyAndCertificate } from './index';
import type { SignMode } from './index';

const key = generateKeyAndCertificate({ commonName: 'Acme Identity' });
const now = new Date('2030-05-01T10:00:00.000Z');
const question = { id: '_request1', issuer: 'https://sp.example/saml', acsUrl: 'https://sp.example/acs' };
const ana = {
  nameId: 'ana@acme.example',
  email: 'ana@acme.example',
  firstName: 'Ana',
  groups: ['a', 'b & c'],
};

function anIdp(sign: SignMode = 'assertion'): SamlIdp {
  return new SamlIdp({
    entityId: 'https://idp.example/',
    ssoUrl: 'https://idp.example/sso',
    key,
    sign,
    now: () => now,
  });
}

function signaturesOf(xml: string): string[] {
  return xml.match(/<ds:Signature [\s\S]*?<\/ds:Signature>/g) ?? [];
}

function verifies(xml: string, signature: string): boolean {
  const verifier = new SignedXml({ publicCert: key.certificatePem, getCertFromKeyInfo: () => null });
  verifier.loadSignature(signature);
  try {
    return verifier.checkSignature(xml);
  } catch {
    return false;
  }
}

function wellFormed(xml: string): string[] {
  const names: string[] = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('opentag', (tag) => names.push(tag.local));
  parser.write(xml).close();
  return names;
}

describe('the key of the identity provider', () => {
  it('comes with a certificate that it signed itself and that it fits', () => {
    const certificate = new X509Certificate(key.certificatePem);
    expect(certificate.subject).toBe('CN=Acme Identity');
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.checkPrivateKey(createPrivateKey(key.privateKeyPem))).toBe(true);
  });

  it('can be asked for a certificate that ends on a given day', () => {
    const notAfter = new Date('2031-01-02T03:04:05Z');
    const { certificatePem } = generateKeyAndCertificate({ notAfter, modulusLength: 1024 });
    expect(new Date(new X509Certificate(certificatePem).validTo)).toEqual(notAfter);
  });
});

describe('the metadata', () => {
  it('is well-formed and holds the certificate and both endpoints', () => {
    const xml = anIdp().metadata();
    expect(wellFormed(xml)).toEqual(expect.arrayContaining(['IDPSSODescriptor', 'X509Certificate']));
    expect(
      xml.match(/SingleSignOnService Binding="[^"]+" Location="https:\/\/idp.example\/sso"/g),
    ).toHaveLength(2);
    expect(xml).toContain(new X509Certificate(key.certificatePem).raw.toString('base64'));
  });
});

describe('a response', () => {
  it.each([
    ['assertion', 1],
    ['response', 1],
    ['both', 2],
    ['none', 0],
  ] as const)('signed as "%s" carries %d signatures and each verifies', (mode, count) => {
    const xml = anIdp(mode).responseXml(question, ana);
    const signatures = signaturesOf(xml);
    expect(signatures).toHaveLength(count);
    expect(signatures.every((signature) => verifies(xml, signature))).toBe(true);
  });

  it.each(['assertion', 'response', 'both'] as const)('signed as "%s" breaks when it is touched', (mode) => {
    const xml = anIdp(mode).responseXml(question, ana);
    const forged = xml.replace('>ana@acme.example<', '>eve@acme.example<');
    expect(forged).not.toBe(xml);
    expect(signaturesOf(forged).some((signature) => verifies(forged, signature))).toBe(false);
  });

  it('answers the request: audience, recipient, destination and InResponseTo', () => {
    const xml = anIdp().responseXml(question, ana);
    expect(xml).toContain('<saml:Audience>https://sp.example/saml</saml:Audience>');
    expect(xml).toContain('Destination="https://sp.example/acs" InResponseTo="_request1"');
    expect(xml).toContain('InResponseTo="_request1" Recipient="https://sp.example/acs"');
    expect(xml).toContain('<saml:AttributeValue>b &amp; c</saml:AttributeValue>');
  });

  it('bends only what a test asks for', () => {
    const honest = { responseId: '_r', assertionId: '_a', sessionIndex: '_s', sign: 'none' } as const;
    const straight = anIdp().responseXml(question, ana, honest);
    const bent = anIdp().responseXml(question, ana, { ...honest, audience: 'https://other.example' });
    expect(bent).toBe(
      straight.replace('<saml:Audience>https://sp.example/saml', '<saml:Audience>https://other.example'),
    );
  });

  it('leaves out what a test says is null', () => {
    const xml = anIdp().responseXml(question, ana, {
      inResponseTo: null,
      authnInstant: null,
      audience: null,
    });
    expect(xml).not.toMatch(/InResponseTo|AuthnStatement|AudienceRestriction/);
  });

  it('lets the validity end early for the conditions and the confirmation alike', () => {
    const notOnOrAfter = new Date('2030-01-01T00:00:00Z');
    const xml = anIdp().responseXml(question, ana, { notOnOrAfter });
    expect(xml.match(/ NotOnOrAfter="2030-01-01T00:00:00.000Z"/g)).toHaveLength(2);
  });

  it('is changed by the hooks before and after signing', () => {
    const xml = anIdp().responseXml(question, ana, {
      xml: (unsigned) => unsigned.replace('Ana', 'Anna'),
      signedXml: (signed) => `<!-- seen -->${signed}`,
    });
    expect(xml.startsWith('<!-- seen -->')).toBe(true);
    expect(xml).toContain('>Anna<');
    expect(signaturesOf(xml).every((signature) => verifies(xml, signature))).toBe(true);
  });

  it('goes to the ACS as base64 with the RelayState it came with', () => {
    const { acsUrl, form } = anIdp().respond({ ...question, relayState: 'state-1' }, ana);
    expect(acsUrl).toBe(question.acsUrl);
    expect(form.RelayState).toBe('state-1');
    expect(Buffer.from(form.SAMLResponse, 'base64').toString()).toContain('<samlp:Response');
  });
});

describe('an AuthnRequest', () => {
  const xml =
    '<p:AuthnRequest xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" ID="_1" ForceAuthn="true" Destination="https://idp.example/sso"' +
    ' AssertionConsumerServiceURL="https://sp.example/acs"><Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">https://sp.example</Issuer></p:AuthnRequest>';
  const expected = {
    id: '_1',
    issuer: 'https://sp.example',
    acsUrl: 'https://sp.example/acs',
    destination: 'https://idp.example/sso',
    forceAuthn: true,
    relayState: 'r&1',
  };

  it('is read from a redirect', () => {
    const query = new URLSearchParams({
      SAMLRequest: deflateRawSync(xml).toString('base64'),
      RelayState: 'r&1',
    });
    expect(anIdp().readRedirect(`https://idp.example/sso?${query}`)).toEqual(expected);
  });

  it('is read from a form', () => {
    const SAMLRequest = Buffer.from(xml).toString('base64');
    expect(anIdp().readPost({ SAMLRequest, RelayState: 'r&1' })).toEqual(expected);
  });

  it.each([
    ['nothing', {}, 'carries no SAMLRequest'],
    ['another message', { SAMLRequest: Buffer.from('<a/>').toString('base64') }, 'no AuthnRequest'],
    ['no XML', { SAMLRequest: Buffer.from('hello').toString('base64') }, 'cannot be read'],
  ])('is refused in words when the form holds %s', (_, form, complaint) => {
    expect(() => anIdp().readPost(form)).toThrow(complaint);
  });
});
