import { generateKeyAndCertificate } from '@gatehouse/tools/saml-idp';
import type { LogoutChanges } from '@gatehouse/tools/saml-idp';
import { at, refusal, sp } from '../../test/answers';
import { bindings, expected, idp, received, request } from '../../test/logouts';
import { verifyLogoutResponse } from '../index';

const stranger = generateKeyAndCertificate();
const status = (name: string) => `urn:oasis:names:tc:SAML:2.0:status:${name}`;

function answer(changes: LogoutChanges = {}) {
  return idp.logout.response(sp.sloUrl, '_ours', changes);
}

describe("the identity provider's answer to our logout", () => {
  it.each(bindings)('by %s names our request and says what came of it [SML-11]', (binding) => {
    const read = (changes: LogoutChanges) =>
      verifyLogoutResponse(received(answer(changes), binding), expected());
    expect(read({})).toEqual({ inResponseTo: '_ours', status: status('Success') });
    const xml = (text: string) =>
      text.replace(
        '/></samlp:Status>',
        `><samlp:StatusCode Value="${status('PartialLogout')}"/></samlp:StatusCode></samlp:Status>`,
      );
    expect(read({ xml })).toEqual({ inResponseTo: '_ours', status: status('PartialLogout') });
    expect(read({ statusCode: status('Responder') })).toMatchObject({ status: status('Responder') });
  });

  it.each<[string, LogoutChanges, string]>([
    ['without a signature', { key: null }, 'saml_signature_missing'],
    ['signed by a stranger', { key: stranger }, 'saml_signature_invalid'],
    ['of another issuer', { issuer: 'https://other.example' }, 'saml_issuer_mismatch'],
    ['without an issuer', { issuer: null, key: null }, 'saml_signature_missing'],
    ['for another service', { destination: 'https://other.example/slo' }, 'saml_destination_mismatch'],
    ['that is old', { issueInstant: at(-9) }, 'saml_expired'],
    ['to nothing', { xml: (xml) => xml.replace(' InResponseTo="_ours"', '') }, 'saml_in_response_to_unknown'],
    [
      'without a status',
      { xml: (xml) => xml.replace(/<samlp:Status>.*<\/samlp:Status>/, '') },
      'saml_structure_invalid',
    ],
  ])('%s is refused by either binding [SML-11]', (_, changes, code) => {
    for (const binding of bindings)
      expect(refusal(() => verifyLogoutResponse(received(answer(changes), binding), expected()))).toBe(code);
  });

  it.each(bindings)('by %s cannot be a request [SML-11]', (binding) => {
    const message = received(request(), binding);
    expect(refusal(() => verifyLogoutResponse(message, expected()))).toBe('saml_structure_invalid');
  });
});
