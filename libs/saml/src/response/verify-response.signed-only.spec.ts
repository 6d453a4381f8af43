import { responseXml, verifyXml } from '../../test/answers';
import { encrypted, verifyEncrypted } from '../../test/encrypted-answers';
import { SignedOctets } from '../signature/signed-octets';
import { messageCodes, messageLimits } from '../xml/message-limits';
import { parseXml } from '../xml/parse-xml';

const arrived = { nameId: 'arrived@acme.example' };
const covered = { nameId: 'covered@acme.example' };

/** As if a signature covered this and nothing else of what arrives. */
function cover(xml: string, part: 'assertion' | 'response'): void {
  const [assertion = ''] = /<saml:Assertion.*<\/saml:Assertion>/s.exec(xml) ?? [];
  const tree = parseXml(part === 'assertion' ? assertion : xml, messageLimits, messageCodes);
  jest.spyOn(SignedOctets.prototype, 'read').mockReturnValue(tree);
}

describe('whom verifyResponse believes in', () => {
  afterEach(() => jest.restoreAllMocks());

  it.each([
    ['assertion', 'assertion'],
    ['response', 'response'],
    ['both', 'response'],
  ] as const)(
    'is read from what a signature covers, never from what arrived: %s signed [SML-3]',
    (sign, part) => {
      const xml = responseXml({ ...arrived, sign });
      expect(verifyXml(xml).subject).toBe('arrived@acme.example');
      cover(responseXml({ ...covered, sign }), part);
      expect(verifyXml(xml)).toMatchObject({ subject: 'covered@acme.example' });
    },
  );

  it('is decrypted from what a signature covers, where the response is signed [SML-3] [SML-9]', () => {
    const xml = encrypted({}, { ...arrived, sign: 'response' });
    expect(verifyEncrypted(xml).subject).toBe('arrived@acme.example');
    cover(encrypted({}, { ...covered, sign: 'response' }), 'response');
    expect(verifyEncrypted(xml).subject).toBe('covered@acme.example');
  });

  it('is read from the octets of the signature inside, where a sealed assertion has one [SML-3] [SML-9]', () => {
    const xml = encrypted({}, { ...arrived, sign: 'assertion' });
    cover(responseXml({ ...covered, sign: 'assertion' }), 'assertion');
    expect(verifyEncrypted(xml).subject).toBe('covered@acme.example');
  });
});
