import { insert, refusal, responseXml } from '../../test/answers';
import { messageCodes, messageLimits } from '../xml/message-limits';
import { parseXml } from '../xml/parse-xml';
import { checkStructure } from './check-structure';

const encrypted = (inside: string) =>
  responseXml({
    sign: 'none',
    xml: (xml) =>
      xml.replace(
        /<saml:Assertion.*<\/saml:Assertion>/s,
        () => `<saml:EncryptedAssertion ID="_e">${inside}</saml:EncryptedAssertion>`,
      ),
  });
const verdict = (xml: string) => refusal(() => checkStructure(parseXml(xml, messageLimits, messageCodes)));
const data = '<xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#"/>';
const signature = '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>';

describe('checkStructure', () => {
  it('has no place for a signature beside a ciphertext, which would vouch for nothing [SML-3] [SML-9]', () => {
    expect(verdict(encrypted(data))).toBe('accepted');
    expect(verdict(encrypted(`${data}${signature}`))).toBe('saml_structure_invalid');
  });

  it('wants one assertion, in clear or encrypted, not one of each [SML-3]', () => {
    const both = insert(
      responseXml(),
      '<saml:Assertion',
      `<saml:EncryptedAssertion>${data}</saml:EncryptedAssertion>`,
    );
    expect(verdict(both)).toBe('saml_multiple_assertions');
  });
});
