import { generateKeyAndCertificate } from '@gatehouse/tools/saml-idp';
import type { LogoutChanges } from '@gatehouse/tools/saml-idp';
import { at, now, refusal, sp } from '../../test/answers';
import { ann, bindings, expected, idp, received, request } from '../../test/logouts';
import { readLogoutRequest, readPostedForm, readRedirectQuery, verifyLogoutRequest } from '../index';

const stranger = generateKeyAndCertificate();

function verifyBoth(changes: LogoutChanges): string[] {
  return bindings.map((binding) =>
    refusal(() => verifyLogoutRequest(received(request(changes), binding), expected())),
  );
}

describe('a logout request of the identity provider', () => {
  it.each(bindings)('by %s says who leaves, and which sessions end [SML-11]', (binding) => {
    const name = { ...ann, nameQualifier: 'q', spNameQualifier: sp.entityId, sessionIndexes: ['_1', '_2'] };
    const message = received(request({ relayState: 'r&1' }, name), binding);
    const authentic = verifyLogoutRequest(message, expected());
    expect(message.relayState).toBe('r&1');
    expect(readLogoutRequest(authentic)).toEqual({
      requestId: authentic.id,
      rememberUntil: at(8),
      nameId: {
        value: 'ann@acme.example',
        format: ann.nameIdFormat,
        nameQualifier: 'q',
        spNameQualifier: sp.entityId,
      },
      sessionIndexes: ['_1', '_2'],
    });
  });

  it.each<[string, LogoutChanges, string]>([
    ['without a signature', { key: null }, 'saml_signature_missing'],
    ['signed by a stranger', { key: stranger }, 'saml_signature_invalid'],
    ['signed with SHA-1', { algorithm: 'rsa-sha1' }, 'saml_algorithm_weak'],
    ['of another issuer', { issuer: 'https://other.example' }, 'saml_issuer_mismatch'],
    ['for another service', { destination: 'https://other.example/slo' }, 'saml_destination_mismatch'],
    ['without a destination', { destination: null }, 'saml_destination_mismatch'],
    ['past its NotOnOrAfter', { notOnOrAfter: at(-4) }, 'saml_expired'],
    ['made too long ago', { issueInstant: at(-9), notOnOrAfter: null }, 'saml_expired'],
    ['made long ago for long', { issueInstant: at(-9), notOnOrAfter: at(60) }, 'saml_expired'],
    ['from the future', { issueInstant: at(4) }, 'saml_not_yet_valid'],
    ['of SAML 2.1', { version: '2.1' }, 'saml_version_unsupported'],
    ['without a time', { xml: (xml) => xml.replace(/ IssueInstant="[^"]*"/, '') }, 'saml_date_invalid'],
  ])('%s is refused by either binding [SML-11]', (_, changes, code) => {
    expect(verifyBoth(changes)).toEqual([code, code]);
  });

  it.each(bindings)('by %s cannot be an answer [SML-11]', (binding) => {
    const message = received(idp.logout.response(sp.sloUrl, '_ours'), binding);
    expect(refusal(() => verifyLogoutRequest(message, expected()))).toBe('saml_structure_invalid');
  });

  it.each([
    ['now', { issueInstant: now }],
    ['at the edge of the clock skew', { issueInstant: at(3) }],
    ['as long ago as is allowed', { issueInstant: new Date(at(-8).getTime() + 1), notOnOrAfter: null }],
    ['with an end that the skew still covers', { notOnOrAfter: new Date(at(-3).getTime() + 1) }],
  ])('made %s is good [SML-11]', (_, changes) => {
    expect(verifyBoth(changes)).toEqual(['accepted', 'accepted']);
  });

  it.each<[string, (query: string) => string, string]>([
    [
      'RelayState changed',
      (query) => query.replace('RelayState=r1', 'RelayState=r2'),
      'saml_signature_invalid',
    ],
    ['RelayState taken away', (query) => query.replace('&RelayState=r1', ''), 'saml_signature_invalid'],
    ['RelayState added', (query) => `${query}&RelayState=r1`, 'saml_encoding_invalid'],
    ['encoded anew', (query) => query.replace('SAMLRequest=', 'SAMLRequest=%20'), 'saml_signature_invalid'],
    ['a second request beside it', (query) => `${query}&SAMLRequest=abc`, 'saml_encoding_invalid'],
    ['a response beside it', (query) => `${query}&SAMLResponse=abc`, 'saml_encoding_invalid'],
    ['its SigAlg weakened', (query) => query.replace('rsa-sha256', 'rsa-sha1'), 'saml_algorithm_weak'],
    ['its SigAlg exchanged', (query) => query.replace('rsa-sha256', 'rsa-sha512'), 'saml_signature_invalid'],
    ['its Signature cut', (query) => query.slice(0, -8), 'saml_signature_invalid'],
    ['no SigAlg', (query) => query.replace(/&SigAlg=[^&]*/, ''), 'saml_signature_missing'],
    [
      'broken escapes',
      (query) => query.replace('SAMLRequest=', 'SAMLRequest=%E0%A4%'),
      'saml_encoding_invalid',
    ],
    ['another encoding', (query) => `${query}&SAMLEncoding=urn:other`, 'saml_encoding_invalid'],
    ['nothing', () => '', 'saml_encoding_invalid'],
  ])('by redirect with %s is refused [SML-11]', (_, bend, code) => {
    const { redirectUrl } = request({ relayState: 'r1' });
    const query = redirectUrl.slice(redirectUrl.indexOf('?') + 1);
    expect(refusal(() => verifyLogoutRequest(readRedirectQuery(query), expected()))).toBe('accepted');
    expect(bend(query)).not.toBe(query);
    expect(refusal(() => verifyLogoutRequest(readRedirectQuery(bend(query)), expected()))).toBe(code);
  });

  it('by redirect may inflate to no more than a message may have [SML-10]', () => {
    const xml = (text: string) => text.replace('<saml:NameID', `<!--${' '.repeat(600_000)}--><saml:NameID`);
    const message = received(request({ xml }), 'redirect');
    expect(refusal(() => verifyLogoutRequest(message, expected()))).toBe('saml_encoding_invalid');
  });

  it.each<[string, (xml: string) => string, string]>([
    ['another NameID', (xml) => xml.replace('ann@', 'bob@'), 'saml_signature_invalid'],
    ['another SessionIndex', (xml) => xml.replace('_index1', '_index2'), 'saml_signature_invalid'],
    [
      'the signed request hidden in its extensions',
      (xml) =>
        `<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_evil" Version="2.0"><samlp:Extensions>${xml}</samlp:Extensions></samlp:LogoutRequest>`,
      'saml_structure_invalid',
    ],
    [
      'two signatures',
      (xml) => xml.replace(/(<ds:Signature .*<\/ds:Signature>)/s, '$1$1'),
      'saml_structure_invalid',
    ],
  ])('by post with %s is refused [SML-11] [SML-3]', (_, bend, code) => {
    const { form } = request();
    const xml = Buffer.from(form['SAMLRequest'] ?? '', 'base64').toString();
    expect(bend(xml)).not.toBe(xml);
    const SAMLRequest = Buffer.from(bend(xml)).toString('base64');
    expect(refusal(() => verifyLogoutRequest(readPostedForm({ SAMLRequest }), expected()))).toBe(code);
  });

  it.each<[string, (xml: string) => string, string]>([
    ['nobody', (xml) => xml.replace(/<saml:NameID.*<\/saml:NameID>/, ''), 'saml_nameid_missing'],
    ['an empty name', (xml) => xml.replace('ann@acme.example', ' '), 'saml_nameid_missing'],
    [
      'somebody in cipher',
      (xml) => xml.replace(/<saml:NameID.*<\/saml:NameID>/, '<saml:EncryptedID/>'),
      'saml_encrypted_unsupported',
    ],
    ['two people', (xml) => xml.replace(/(<saml:NameID.*<\/saml:NameID>)/, '$1$1'), 'saml_structure_invalid'],
    [
      'a session before the person',
      (xml) => xml.replace('<saml:NameID', '<samlp:SessionIndex>_x</samlp:SessionIndex><saml:NameID'),
      'saml_structure_invalid',
    ],
  ])('that names %s is authentic, and cannot be met [SML-11]', (_, xml, code) => {
    for (const binding of bindings) {
      const authentic = verifyLogoutRequest(received(request({ xml }), binding), expected());
      expect(refusal(() => readLogoutRequest(authentic))).toBe(code);
    }
  });
});
