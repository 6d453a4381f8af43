import { createPrivateKey } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import type { Connection, ConnectionSettings } from '@gatehouse/core';
import { SamlIdp, generateKeyAndCertificate } from '@gatehouse/tools/saml-idp';
import { aConnection, entityId, key, now, refusal, requestId, sp } from '../../test/answers';
import { buildPostRequest, buildRedirectRequest } from './build-request';

const ssoUrl = 'https://idp.example/sso';
const idp = new SamlIdp({ entityId, ssoUrl, key });
const own = generateKeyAndCertificate();
const signer = { privateKey: createPrivateKey(own.privateKeyPem), certificatePem: own.certificatePem };
const strictIdp = new SamlIdp({ entityId, ssoUrl, key, requestCertificates: [own.certificatePem] });
const otherIdp = new SamlIdp({ entityId, ssoUrl, key, requestCertificates: [key.certificatePem] });

const request = (settings: Partial<ConnectionSettings> = {}) => ({
  connection: aConnection(settings),
  serviceProvider: sp,
  requestId,
  now,
  signer,
});
const documentOf = (url: string) =>
  inflateRawSync(Buffer.from(new URL(url).searchParams.get('SAMLRequest') ?? '', 'base64')).toString();
const posted = (settings: Partial<ConnectionSettings>) => {
  const { fields } = buildPostRequest(request(settings));
  return { fields, xml: Buffer.from(fields['SAMLRequest'] ?? '', 'base64').toString() };
};

describe('an AuthnRequest', () => {
  it('goes by redirect, deflated, behind the query that the IdP address has [SML-1]', () => {
    const url = buildRedirectRequest({ ...request(), relayState: 'a b&c' });
    expect(url.startsWith('https://idp.example/sso?tenant=7&SAMLRequest=')).toBe(true);
    expect(idp.readRedirect(url)).toEqual({
      id: requestId,
      issuer: sp.entityId,
      acsUrl: sp.acsUrl,
      destination: 'https://idp.example/sso?tenant=7',
      forceAuthn: false,
      relayState: 'a b&c',
    });
  });

  it('goes by post as bare XML in base64 [SML-1]', () => {
    const { url, fields } = buildPostRequest({ ...request(), relayState: 'state' });
    expect(url).toBe('https://idp.example/sso?tenant=7');
    expect(idp.readPost(fields)).toMatchObject({ id: requestId, acsUrl: sp.acsUrl, relayState: 'state' });
  });

  it('carries a RelayState only where there is one [SML-1]', () => {
    expect(new URL(buildRedirectRequest(request())).searchParams.has('RelayState')).toBe(false);
    expect(posted({}).fields).not.toHaveProperty('RelayState');
  });

  it('asks for a fresh sign-in only where the connection wants one [CON-12]', () => {
    expect(idp.readRedirect(buildRedirectRequest(request({ forceAuthn: true }))).forceAuthn).toBe(true);
    expect(documentOf(buildRedirectRequest(request()))).not.toContain('ForceAuthn');
  });

  it('names an e-mail NameID and no authentication context, which would shut people out [SML-8] [CON-12]', () => {
    const xml = documentOf(buildRedirectRequest(request()));
    expect(xml).toContain(
      'Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress" AllowCreate="true"',
    );
    expect(xml).toContain('IssueInstant="2026-06-01T12:00:00.000Z"');
    expect(xml).not.toContain('RequestedAuthnContext');
  });

  it('names the format that the connection wants, and none where any will do [SML-8] [CON-12]', () => {
    const policy = (nameIdFormat: ConnectionSettings['nameIdFormat']) =>
      /<samlp:NameIDPolicy[^>]*>/.exec(documentOf(buildRedirectRequest(request({ nameIdFormat }))))?.[0];
    expect(policy('persistent')).toContain('Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"');
    expect(policy('unspecified')).toBe('<samlp:NameIDPolicy AllowCreate="true"/>');
  });

  it('asks for authentication contexts exactly as they are listed, after the NameID policy [CON-12]', () => {
    const requestedAuthnContext = ['urn:oasis:names:tc:SAML:2.0:ac:classes:X509', 'https://mfa.example/?a&b'];
    const xml = documentOf(buildRedirectRequest(request({ requestedAuthnContext })));
    expect(xml).toContain(
      'AllowCreate="true"/><samlp:RequestedAuthnContext Comparison="exact">' +
        '<saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:X509</saml:AuthnContextClassRef>' +
        '<saml:AuthnContextClassRef>https://mfa.example/?a&amp;b</saml:AuthnContextClassRef></samlp:RequestedAuthnContext>',
    );
  });

  it('cannot be built for a draft', () => {
    const { idp: _none, ...connection } = aConnection();
    expect(refusal(() => buildRedirectRequest({ ...request(), connection }))).toBe('connection_incomplete');
  });
});

describe('a signed AuthnRequest', () => {
  const signed = { signRequests: true };

  it('by redirect is signed over the octets of its query, RelayState included [SML-1] [CON-12]', () => {
    for (const relayState of [{}, { relayState: "it's a b&c/+=" }]) {
      const url = buildRedirectRequest({ ...request(signed), ...relayState });
      expect(strictIdp.readRedirect(url)).toMatchObject({ id: requestId, ...relayState });
      expect(documentOf(url)).not.toContain('Signature');
      expect(() => otherIdp.readRedirect(url)).toThrow('not signed');
      expect(() => strictIdp.readRedirect(url.replace('SAMLRequest=', 'SAMLRequest=A'))).toThrow(
        'not signed',
      );
    }
  });

  it('names RSA with SHA-256, never the SHA-1 that libraries choose [SML-1]', () => {
    const query = new URL(buildRedirectRequest(request(signed))).searchParams;
    expect(query.get('SigAlg')).toBe('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256');
    expect([...query.keys()]).toEqual(['tenant', 'SAMLRequest', 'SigAlg', 'Signature']);
    expect(posted(signed).xml).not.toContain('sha1');
  });

  it('by post carries one signature over all of it, right after the issuer, as another implementation sees [SML-1] [CON-12]', () => {
    const requestedAuthnContext = ['https://mfa.example/?a&b="<é𝄞'];
    const { fields, xml } = posted({ ...signed, requestedAuthnContext });
    expect(strictIdp.readPost(fields).id).toBe(requestId);
    expect(xml).toMatch(/<\/saml:Issuer><ds:Signature [\s\S]*<\/ds:Signature><samlp:NameIDPolicy/);
    expect(xml).toContain(own.certificatePem.replace(/-----[^-]+-----|\s/g, ''));
    expect(() => otherIdp.readPost(fields)).toThrow('not signed');
    const bent = Buffer.from(xml.replace('AllowCreate="true"', 'AllowCreate="false"')).toString('base64');
    expect(() => strictIdp.readPost({ SAMLRequest: bent })).toThrow('not signed');
  });

  it('is sent to an identity provider whose metadata asks for it, whatever the setting says [SML-1]', () => {
    const connection = aConnection();
    const wanting: Connection = connection.idp
      ? { ...connection, idp: { ...connection.idp, wantsSignedRequests: true } }
      : connection;
    const url = buildRedirectRequest({ ...request(), connection: wanting });
    expect(strictIdp.readRedirect(url).id).toBe(requestId);
    expect(() => strictIdp.readRedirect(buildRedirectRequest(request()))).toThrow('not signed');
    expect(() => strictIdp.readPost(buildPostRequest(request()).fields)).toThrow('not signed');
  });
});
