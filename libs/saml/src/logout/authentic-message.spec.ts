import type { ConnectionSettings } from '@gatehouse/core';
import type { LogoutChanges } from '@gatehouse/tools/saml-idp';
import { at, insert, key, now, refusal, substitute } from '../../test/answers';
import { envelopedSignature } from '../../test/enveloped-signature';
import { ann, bindings, description, expected, received, request } from '../../test/logouts';
import { readLogoutRequest, readPostedForm, verifyLogoutRequest } from '../index';
import { textOf } from '../binding/incoming-message';
import { SignedOctets } from '../signature/signed-octets';
import { canonicalize } from '../xml/canonicalize';
import { messageCodes, messageLimits } from '../xml/message-limits';
import { parseXml } from '../xml/parse-xml';

/** The request by either binding, bent before it is signed. */
const told = (xml: LogoutChanges['xml'] & {}) =>
  bindings.map((binding) =>
    refusal(() => readLogoutRequest(verifyLogoutRequest(received(request({ xml }), binding), expected()))),
  );

/** By post, under a signature that refers to it like this. */
function signedAs(reference: (id: string) => string): string {
  const sent = Buffer.from(request({ key: null }).form['SAMLRequest'] ?? '', 'base64').toString();
  const root = parseXml(sent, messageLimits, messageCodes);
  const id = root.attributes.get('ID') ?? '';
  const info = (text: string) => text.replace(`URI="#${id}"`, `URI="${reference(id)}"`);
  const signature = envelopedSignature(canonicalize(root), id, { key: key.privateKeyPem, info });
  const SAMLRequest = Buffer.from(insert(sent, '<saml:NameID', signature)).toString('base64');
  return refusal(() => verifyLogoutRequest(readPostedForm({ SAMLRequest }), expected()));
}

describe('a signed logout message', () => {
  it('is meant by its ID or as the whole document, and by nothing else [SML-11] [SML-3]', () => {
    expect(signedAs((id) => `#${id}`)).toBe('accepted');
    expect(signedAs(() => '')).toBe('accepted');
    expect(signedAs(() => '#_other')).toBe('saml_reference_invalid');
  });

  it('is read from what the signature covers, never from what arrived, by post [SML-11] [SML-3]', () => {
    const [arrived, covered] = [{ nameId: 'arrived' }, { nameId: 'covered' }].map((name) =>
      received(request({}, { ...ann, ...name }), 'post'),
    );
    if (!arrived || !covered) throw new Error('There are two messages.');
    const name = () => readLogoutRequest(verifyLogoutRequest(arrived, expected())).nameId.value;
    expect(name()).toBe('arrived');
    const tree = parseXml(textOf(covered), messageLimits, messageCodes);
    const spy = jest.spyOn(SignedOctets.prototype, 'read').mockReturnValue(tree);
    expect(name()).toBe('covered');
    spy.mockRestore();
  });

  it('means one thing to every reader: no comment in a value, no ID twice [SML-11] [SML-3]', () => {
    expect(told((xml) => xml)).toEqual(['accepted', 'accepted']);
    const ambiguous = 'saml_structure_invalid';
    expect(told((xml) => substitute(xml, 'ann@acme', 'ann<!---->@acme'))).toEqual([ambiguous, ambiguous]);
    const twice = (xml: string) => {
      const id = / ID="([^"]*)"/.exec(xml)?.[1] ?? '';
      return insert(xml, '<saml:NameID', `<samlp:Extensions><x Id="${id}"/></samlp:Extensions>`);
    };
    expect(told(twice)).toEqual([ambiguous, ambiguous]);
  });

  it('has an ID, by which a replay is known [SML-11]', () => {
    expect(told((xml) => substitute(xml, / ID="[^"]*"/, ''))[0]).toBe('saml_structure_invalid');
  });

  it('names a person in text, not in elements [SML-11]', () => {
    const inside = (xml: string) => insert(xml, '</saml:NameID>', '<x>eve</x>');
    expect(told(inside)).toEqual(['saml_nameid_missing', 'saml_nameid_missing']);
  });

  it.each(bindings)('by %s counts under an expired certificate as the connection says [CRT-7]', (binding) => {
    const certificates = description.certificates.map((each) => ({ ...each, notAfter: at(-1) }));
    const under = (expiredCertificates: ConnectionSettings['expiredCertificates']) => {
      const wanted = { ...expected({ expiredCertificates }), idp: { ...description, certificates }, now };
      return refusal(() => verifyLogoutRequest(received(request(), binding), wanted));
    };
    expect([under('warn'), under('refuse')]).toEqual(['accepted', 'saml_certificate_expired']);
  });
});
