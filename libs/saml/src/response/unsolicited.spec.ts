import type { ResponseChanges } from '@gatehouse/tools/saml-idp';
import { aConnection, refusal, responseXml, sp, verifyXml } from '../../test/answers';

const unsolicited: ResponseChanges = { inResponseTo: null };
const inMessage = (attribute: string) => (xml: string) =>
  xml.replace('<samlp:Response ', `<samlp:Response ${attribute} `);
const inConfirmation = (attribute: string) => (xml: string) =>
  xml.replace('<saml:SubjectConfirmationData', `<saml:SubjectConfirmationData ${attribute}`);

describe('an answer that nobody here asked for', () => {
  it.each(['bounce', 'accept'] as const)(
    'is read like any other where the connection says %s [SML-2]',
    (idpInitiated) => {
      const identity = verifyXml(responseXml(unsolicited), aConnection({ idpInitiated }));
      expect(identity).toMatchObject({ subject: 'ann@acme.example', email: 'ann@acme.example' });
      expect(identity).not.toHaveProperty('inResponseTo');
    },
  );

  it('is refused where the connection says off, which is the default [SML-2]', () => {
    expect(refusal(() => verifyXml(responseXml(unsolicited)))).toBe('saml_unsolicited_disabled');
  });

  it.each<[string, (xml: string) => string]>([
    ['in the message only', inMessage('InResponseTo="_1"')],
    ['in the confirmation only', inConfirmation('InResponseTo="_1"')],
    ['empty in both', (xml) => inMessage('InResponseTo=""')(inConfirmation('InResponseTo=""')(xml))],
    ['empty in the message', inMessage('InResponseTo=""')],
    ['empty in the confirmation', inConfirmation('InResponseTo=""')],
  ])('is refused with a request named %s [SML-2] [SML-5]', (_, xml) => {
    const signed = responseXml({ ...unsolicited, xml });
    expect(signed).toContain('InResponseTo="');
    const accepting = aConnection({ idpInitiated: 'accept' });
    expect(refusal(() => verifyXml(signed, accepting))).toBe('saml_in_response_to_unknown');
  });

  it('cannot be made of an answer to a request by cutting the request off the message [SML-2] [SML-3]', () => {
    const cut = (xml: string) => xml.replace(/(<samlp:Response [^>]*?) InResponseTo="[^"]*"/, '$1');
    const signed = responseXml({ signedXml: cut });
    expect(refusal(() => verifyXml(signed, aConnection({ idpInitiated: 'accept' })))).toBe(
      'saml_in_response_to_unknown',
    );
  });

  it('goes through every other check [SML-5] [SML-6]', () => {
    const accepting = aConnection({ idpInitiated: 'accept' });
    const bent: ResponseChanges[] = [
      { audience: 'https://other.example' },
      { recipient: 'https://other.example/acs' },
      { confirmationNotOnOrAfter: new Date(0) },
      { sign: 'none' },
    ];
    expect(
      bent.map((changes) => refusal(() => verifyXml(responseXml({ ...unsolicited, ...changes }), accepting))),
    ).toEqual([
      'saml_audience_mismatch',
      'saml_recipient_mismatch',
      'saml_expired',
      'saml_signature_missing',
    ]);
  });

  it('keeps the NameID whole, with what qualifies it [SML-11]', () => {
    const xml = (text: string) =>
      text.replace('<saml:NameID ', `<saml:NameID NameQualifier="q" SPNameQualifier="${sp.entityId}" `);
    expect(verifyXml(responseXml({ xml })).nameId).toEqual({
      value: 'ann@acme.example',
      format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
      nameQualifier: 'q',
      spNameQualifier: sp.entityId,
    });
  });

  it('refuses a NameID whose qualifier nobody would want to keep [SML-8]', () => {
    const xml = (text: string) =>
      text.replace('<saml:NameID ', `<saml:NameID NameQualifier="${'q'.repeat(1025)}" `);
    expect(refusal(() => verifyXml(responseXml({ xml })))).toBe('saml_nameid_invalid');
  });
});
