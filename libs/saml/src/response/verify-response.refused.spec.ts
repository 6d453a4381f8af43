import { generateKeyAndCertificate } from '@gatehouse/tools/saml-idp';
import type { ResponseChanges } from '@gatehouse/tools/saml-idp';
import type { ConnectionSettings } from '@gatehouse/core';
import {
  aConnection,
  at,
  insert,
  refusal,
  responseXml,
  sp,
  substitute,
  verify,
  verifyXml,
} from '../../test/answers';

type Refused = [string, ResponseChanges, string];

const signed =
  (old: string | RegExp, text: string): ((xml: string) => string) =>
  (xml) =>
    substitute(xml, old, text);

describe('verifyResponse refuses a signature', () => {
  const hmac = 'http://www.w3.org/2000/09/xmldsig#hmac-sha256';
  const rsaSha256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
  it.each<Refused>([
    ['that is not there', { sign: 'none' }, 'saml_signature_missing'],
    ['by HMAC', { signedXml: signed(rsaSha256, hmac) }, 'saml_algorithm_weak'],
    [
      'with a SHA-1 digest',
      {
        signedXml: signed(
          'http://www.w3.org/2001/04/xmlenc#sha256',
          'http://www.w3.org/2000/09/xmldsig#sha1',
        ),
      },
      'saml_algorithm_weak',
    ],
    ['over something else', { signedXml: signed(/URI="#[^"]*"/, 'URI="#_other"') }, 'saml_reference_invalid'],
    [
      'over everything, from inside',
      { signedXml: signed(/URI="#[^"]*"/, 'URI=""') },
      'saml_reference_invalid',
    ],
    [
      'with a third transform',
      {
        signedXml: signed(
          '<ds:Transforms>',
          '<ds:Transforms><ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"/>',
        ),
      },
      'saml_reference_invalid',
    ],
    [
      'with two references',
      {
        signedXml: (xml) =>
          substitute(
            xml,
            '</ds:SignedInfo>',
            `${/<ds:Reference.*<\/ds:Reference>/s.exec(xml)?.[0] ?? ''}</ds:SignedInfo>`,
          ),
      },
      'saml_reference_invalid',
    ],
    [
      'with inclusive canonical form',
      {
        signedXml: signed(
          /CanonicalizationMethod Algorithm="[^"]*"/,
          'CanonicalizationMethod Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"',
        ),
      },
      'saml_reference_invalid',
    ],
    [
      'over a changed assertion',
      { signedXml: (xml) => xml.replaceAll('ann@acme', 'eve@acme') },
      'saml_signature_invalid',
    ],
    [
      'over a changed response',
      { sign: 'response', signedXml: (xml) => xml.replaceAll('ann@acme', 'eve@acme') },
      'saml_signature_invalid',
    ],
    [
      'of the response that fails beside one that holds',
      { sign: 'both', signedXml: signed('<samlp:Response', '<samlp:Response Consent="x"') },
      'saml_signature_invalid',
    ],
    [
      'with another value',
      { signedXml: signed('<ds:SignatureValue>', '<ds:SignatureValue>AAAA') },
      'saml_signature_invalid',
    ],
    [
      'with a comment inside',
      { signedXml: signed('<ds:SignatureValue>', '<ds:SignatureValue><!---->') },
      'saml_structure_invalid',
    ],
    [
      'with an Object',
      { signedXml: signed('</ds:Signature>', '<ds:Object/></ds:Signature>') },
      'saml_reference_invalid',
    ],
  ])('%s [SML-3] [SML-4]', (_what, changes, code) => {
    expect(refusal(() => verify(changes))).toBe(code);
  });

  it('by SHA-1 [SML-4]', () => {
    const xml = responseXml({}, { signatureAlgorithm: 'rsa-sha1' });
    expect(refusal(() => verifyXml(xml))).toBe('saml_algorithm_weak');
  });

  it('of a key that it carries itself [SML-4]', () => {
    const xml = responseXml({}, { key: generateKeyAndCertificate() });
    expect(xml).toContain('X509Certificate');
    expect(refusal(() => verifyXml(xml))).toBe('saml_signature_invalid');
  });

  it('of an RSA key under 2048 bits, though the connection holds its certificate [SML-4]', () => {
    const key = generateKeyAndCertificate({ modulusLength: 1024 });
    const connection = aConnection({}, [key.certificatePem]);
    expect(refusal(() => verifyXml(responseXml({}, { key }), connection))).toBe('saml_algorithm_weak');
  });

  it.each<[ConnectionSettings['signaturePolicy'], ResponseChanges['sign'], string]>([
    ['assertion', 'response', 'saml_signature_missing'],
    ['response', 'assertion', 'saml_signature_missing'],
    ['both', 'assertion', 'saml_signature_missing'],
    ['both', 'response', 'saml_signature_missing'],
    ['both', 'both', 'accepted'],
    ['assertion', 'assertion', 'accepted'],
    ['response', 'response', 'accepted'],
  ])('that the policy %s asks for, when the IdP signed %s: %s [SML-3]', (signaturePolicy, sign, outcome) => {
    expect(refusal(() => verify(sign ? { sign } : {}, { signaturePolicy }))).toBe(outcome);
  });
});

describe('verifyResponse refuses a profile', () => {
  const conditions = '</saml:Conditions>';
  const data = '<saml:SubjectConfirmationData';
  it.each<Refused>([
    ['of another audience', { audience: 'https://other.example' }, 'saml_audience_mismatch'],
    ['of no audience', { audience: null }, 'saml_audience_mismatch'],
    [
      'without conditions',
      { xml: signed(/<saml:Conditions.*<\/saml:Conditions>/, '') },
      'saml_audience_mismatch',
    ],
    [
      'with a second restriction to others',
      {
        xml: (xml) =>
          insert(
            xml,
            conditions,
            '<saml:AudienceRestriction><saml:Audience>x</saml:Audience></saml:AudienceRestriction>',
          ),
      },
      'saml_audience_mismatch',
    ],
    ['for another destination', { destination: 'https://other.example/acs' }, 'saml_destination_mismatch'],
    ['signed for no destination', { destination: null, sign: 'response' }, 'saml_destination_mismatch'],
    ['for another recipient', { recipient: `${sp.acsUrl}x` }, 'saml_recipient_mismatch'],
    ['for no recipient', { recipient: null }, 'saml_recipient_mismatch'],
    ['of another issuer', { issuer: 'https://other.example' }, 'saml_issuer_mismatch'],
    [
      'of another issuer of the response',
      { responseIssuer: 'https://other.example' },
      'saml_issuer_mismatch',
    ],
    ['of SAML 1.1', { version: '1.1' }, 'saml_version_unsupported'],
    [
      'of a failed sign-in',
      { statusCode: 'urn:oasis:names:tc:SAML:2.0:status:Responder' },
      'saml_status_failed',
    ],
    ['that is expired', { notOnOrAfter: at(-4) }, 'saml_expired'],
    ['whose confirmation is expired', { confirmationNotOnOrAfter: at(-4) }, 'saml_expired'],
    ['that is expired exactly at the skew', { notOnOrAfter: at(-3) }, 'saml_expired'],
    ['that is not yet valid', { notBefore: at(4) }, 'saml_not_yet_valid'],
    ['without end of the confirmation', { confirmationNotOnOrAfter: null }, 'saml_date_invalid'],
    [
      'with NotBefore in the confirmation',
      { xml: signed(data, `${data} NotBefore="2026-01-01T00:00:00Z"`) },
      'saml_confirmation_missing',
    ],
    [
      'of holder-of-key',
      { confirmationMethod: 'urn:oasis:names:tc:SAML:2.0:cm:holder-of-key' },
      'saml_confirmation_missing',
    ],
    [
      'with an unknown condition',
      { xml: (xml) => insert(xml, conditions, '<x:Only xmlns:x="urn:x"/>') },
      'saml_condition_unknown',
    ],
    ['without AuthnStatement', { authnInstant: null }, 'saml_authn_statement_missing'],
    ['of a future sign-in', { authnInstant: at(10) }, 'saml_not_yet_valid'],
    [
      'without an ID, by which a replay is known, under a signed response',
      { sign: 'response', xml: signed(/(?<=<saml:Assertion .*?) ID="[^"]*"/, '') },
      'saml_structure_invalid',
    ],
    ['of a SessionIndex that fits no address', { sessionIndex: 's'.repeat(1025) }, 'saml_structure_invalid'],
    ['of an ended session', { sessionNotOnOrAfter: at(-10) }, 'saml_session_expired'],
    [
      'with a date in local time',
      { xml: signed(/(AuthnInstant="[^"]*)Z"/, 'AuthnInstant="2026-06-01T12:00:00"') },
      'saml_date_invalid',
    ],
    [
      'with 30 February',
      { xml: signed(/NotBefore="[^"]*"/, 'NotBefore="2026-02-30T12:00:00Z"') },
      'saml_date_invalid',
    ],
    ['that answers no request', { inResponseTo: null }, 'saml_unsolicited_disabled'],
    [
      'that answers two requests',
      { signedXml: signed(/(?<=<samlp:Response .*?)InResponseTo="[^"]*"/, 'InResponseTo="_b"') },
      'saml_in_response_to_unknown',
    ],
    [
      'of a transient NameID',
      { nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient' },
      'saml_nameid_transient',
    ],
    ['without NameID', { nameId: null }, 'saml_nameid_missing'],
    ['of an empty NameID', { nameId: ' ' }, 'saml_nameid_missing'],
    ['of a long NameID', { nameId: 'a'.repeat(257) }, 'saml_nameid_invalid'],
    ['of a NameID with a line break', { nameId: 'ann\neve' }, 'saml_nameid_invalid'],
    ['of a NameID with a hidden character', { nameId: 'ann\u202eeve' }, 'saml_nameid_invalid'],
    [
      'of two e-mail addresses',
      { attributes: { email: ['a@x.example', 'b@x.example'] } },
      'saml_email_ambiguous',
    ],
  ])('%s [SML-5] [SML-6] [SML-7] [SML-8] [SML-12]', (_what, changes, code) => {
    expect(refusal(() => verify(changes))).toBe(code);
  });

  it('of an old sign-in where a new one was asked for [SML-6] [SES-5]', () => {
    const stale = refusal(() => verify({ authnInstant: at(-30) }, { forceAuthn: true }));
    expect(stale).toBe('saml_authentication_stale');
    expect(refusal(() => verify({ authnInstant: at(-1) }, { forceAuthn: true }))).toBe('accepted');
  });

  it('of a failed sign-in without assertion, with the status that the IdP gave [SML-14]', () => {
    const xml = responseXml({
      sign: 'none',
      statusCode: 'urn:oasis:names:tc:SAML:2.0:status:Requester',
      statusMessage: 'No\u0085 role',
      xml: signed(/<saml:Assertion.*<\/saml:Assertion>/, ''),
    });
    expect(() => verifyXml(xml)).toThrow(
      expect.objectContaining({
        code: 'saml_status_failed',
        details: expect.objectContaining({
          got: 'urn:oasis:names:tc:SAML:2.0:status:Requester',
          statusMessage: 'No role',
        }),
      }),
    );
  });
});
