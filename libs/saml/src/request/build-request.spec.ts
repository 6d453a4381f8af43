import { inflateRawSync } from 'node:zlib';
import type { ConnectionSettings } from '@gatehouse/core';
import { SamlIdp } from '@gatehouse/tools/saml-idp';
import { aConnection, entityId, key, now, refusal, requestId, sp } from '../../test/answers';
import { buildPostRequest, buildRedirectRequest } from './build-request';

const idp = new SamlIdp({ entityId, ssoUrl: 'https://idp.example/sso', key });
const request = (settings: Partial<ConnectionSettings> = {}) => ({
  connection: aConnection(settings),
  serviceProvider: sp,
  requestId,
  now,
});
const documentOf = (url: string) =>
  inflateRawSync(Buffer.from(new URL(url).searchParams.get('SAMLRequest') ?? '', 'base64')).toString();

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

  it('cannot be built for a draft', () => {
    const { idp: _none, ...connection } = aConnection();
    expect(refusal(() => buildRedirectRequest({ ...request(), connection }))).toBe('connection_incomplete');
  });
});
