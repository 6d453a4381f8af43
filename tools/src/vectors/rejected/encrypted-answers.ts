import { encryptAssertion, encryptedData } from '../encrypt-element';
import type { EncryptionStyle } from '../encrypt-element';
import { assertionIn, change, honest, signAssertion, signResponse } from '../honest';

export const weak = 'saml_algorithm_weak';
export const failed = 'saml_decryption_failed';
export const misshapen = 'saml_structure_invalid';
export const declared = '<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">';

/** Signed, then encrypted; the response around it is signed by nobody. */
export const inside = (style: EncryptionStyle = {}) => encryptAssertion(signAssertion(honest()), style);
/** Encrypted, then signed around the ciphertext. */
export const around = (style: EncryptionStyle = {}) => signResponse(encryptAssertion(honest(), style));
export const containing = (xml: string, style: EncryptionStyle = {}) =>
  change(
    inside(),
    /<saml:EncryptedAssertion .*<\/saml:EncryptedAssertion>/,
    `${declared}${encryptedData(xml, style)}</saml:EncryptedAssertion>`,
  );
export const signed = () => assertionIn(signAssertion(honest()));
export const flipped = (at: number) => (octets: Buffer) =>
  Buffer.from(
    octets.map((octet, place) => (place === (at + octets.length) % octets.length ? octet ^ 1 : octet)),
  );
