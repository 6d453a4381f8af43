import type { Connection, IdpCertificate } from '@gatehouse/core';
import {
  aConnection,
  at,
  certificateOf,
  key,
  now,
  refusal,
  responseXml,
  sp,
  substitute,
  verifyXml,
} from '../../test/answers';
import { decryptionKeys, encrypted, foreign } from '../../test/encrypted-answers';
import { second } from '../../test/idp-metadata';
import { verifyResponse } from './verify-response';

const lasting = certificateOf(key.certificatePem);
const expired = { ...lasting, fingerprint: 'the expired one', notAfter: at(-1) };

function trusting(policy: 'warn' | 'refuse', ...certificates: readonly IdpCertificate[]): Connection {
  const connection = aConnection({ expiredCertificates: policy });
  const { idp } = connection;
  return idp ? { ...connection, idp: { ...idp, certificates } } : connection;
}

describe('an expired certificate of the identity provider', () => {
  it.each(['assertion', 'response', 'both'] as const)(
    'goes on signing in by default, and is refused with a code of its own where the connection says so (%s signed) [CRT-7]',
    (sign) => {
      const xml = responseXml({}, { sign });
      expect(verifyXml(xml, trusting('warn', expired)).certificateFingerprint).toBe('the expired one');
      expect(refusal(() => verifyXml(xml, trusting('refuse', expired)))).toBe('saml_certificate_expired');
    },
  );

  it('is no obstacle beside a renewed one of the same key, which then counts as the one that fitted [CRT-3] [CRT-7]', () => {
    const renewed = trusting('refuse', expired, lasting);
    expect(verifyXml(responseXml(), renewed).certificateFingerprint).toBe(lasting.fingerprint);
  });

  it('is told apart from a signature that is wrong in itself [CRT-7]', () => {
    const forged = substitute(responseXml(), 'ann@acme.example', 'eve@acme.example');
    expect(refusal(() => verifyXml(forged, trusting('refuse', expired)))).toBe('saml_signature_invalid');
    const stranger = responseXml({}, { key: second });
    expect(refusal(() => verifyXml(stranger, trusting('refuse', expired, lasting)))).toBe(
      'saml_signature_invalid',
    );
  });

  it.each(['aes256-gcm', 'aes256-cbc'] as const)(
    'is told apart inside %s too, from a ciphertext that cannot be read [CRT-7] [SML-9]',
    (content) => {
      const connection = trusting('refuse', expired);
      const told = (xml: string) => {
        const samlResponse = Buffer.from(xml).toString('base64');
        const request = { samlResponse, connection, serviceProvider: sp, now, decryptionKeys };
        return refusal(() => verifyResponse(request));
      };
      expect(told(encrypted({ content }))).toBe('saml_certificate_expired');
      const elsewhere = encrypted({ content, certificatePem: foreign.certificatePem });
      expect(told(elsewhere)).toBe('saml_decryption_failed');
    },
  );

  it('counts until its last moment [CRT-7]', () => {
    const last = { ...lasting, notAfter: at(0) };
    expect(refusal(() => verifyXml(responseXml(), trusting('refuse', last)))).toBe('accepted');
  });
});
