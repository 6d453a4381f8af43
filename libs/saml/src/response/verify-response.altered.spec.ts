import { encryptedElement, generateKeyAndCertificate } from '@gatehouse/tools/saml-idp';
import { refusal, responseXml, substitute } from '../../test/answers';
import { answer, encrypted, foreign, ours, verifyEncrypted as verify } from '../../test/encrypted-answers';

describe('an altered ciphertext', () => {
  const flipped = (xml: string, at: number) => {
    const values = [...xml.matchAll(/<xenc:CipherValue>([^<]*)</g)].map(([, value]) => value ?? '');
    const octets = Buffer.from(values.at(-1) ?? '', 'base64');
    const index = (at + octets.length) % octets.length;
    octets[index] = (octets[index] ?? 0) ^ 1;
    return substitute(xml, values.at(-1) ?? '', octets.toString('base64'));
  };
  // Nonce, element name, text, last block but one (its last octet is the padding's length), the last octet.
  const places = [0, 15, 16, 40, 200, 900, -40, -17, -16, -1];

  it.each(['aes128-cbc', 'aes256-cbc'] as const)(
    'has one answer wherever it was altered, as a foreign key has: %s [SML-9]',
    (content) => {
      const xml = encrypted({ content });
      const notOurs = encrypted({ content, certificatePem: foreign.certificatePem });
      const unsigned = encrypted({ content }, { sign: 'none' });
      const otherSigner = responseXml(
        { encrypt: { certificatePem: ours.certificatePem, content } },
        { key: generateKeyAndCertificate() },
      );
      const noAssertion = substitute(
        xml,
        /<saml:EncryptedAssertion[\s\S]*<\/saml:EncryptedAssertion>/,
        encryptedElement('<a/>', { certificatePem: ours.certificatePem, content }),
      );
      const all = [...places.map((at) => flipped(xml, at)), notOurs, unsigned, otherSigner, noAssertion];
      const answers = new Set(all.map((each) => JSON.stringify(answer(() => verify(each)))));
      expect([...answers]).toEqual([expect.stringContaining('saml_decryption_failed')]);
    },
  );

  it('fails as a whole under AES-GCM [SML-9]', () => {
    const xml = encrypted();
    for (const at of places) expect(refusal(() => verify(flipped(xml, at)))).toBe('saml_decryption_failed');
  });

  it('does not get as far as a key where the response is signed [SML-9]', () => {
    const xml = encrypted({ content: 'aes128-cbc' }, { sign: 'response' });
    for (const at of places) expect(refusal(() => verify(flipped(xml, at)))).toBe('saml_signature_invalid');
  });

  it('has one answer also where a tenant signs a response around what was meant for another [SML-9] [SEC-3]', () => {
    const signedAround = (inside: string) =>
      responseXml({
        sign: 'response',
        xml: (text) => substitute(text, /<saml:Assertion[\s\S]*<\/saml:Assertion>/, inside),
      });
    const gcm = encryptedElement(responseXml(), { certificatePem: ours.certificatePem });
    const passedOff = substitute(gcm, '2009/xmlenc11#aes256-gcm', '2001/04/xmlenc#aes256-cbc');
    const plain = `<a>${'x'.repeat(1_000)}</a>`;
    const cbc = encryptedElement(plain, { certificatePem: ours.certificatePem, content: 'aes256-cbc' });
    const all = [...places.map((at) => flipped(cbc, at)), cbc, passedOff].map(signedAround);
    const answers = new Set(all.map((each) => JSON.stringify(answer(() => verify(each)))));
    expect([...answers]).toEqual([expect.stringContaining('saml_decryption_failed')]);
  });
});
