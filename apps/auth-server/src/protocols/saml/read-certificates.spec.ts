import { certificateBody, generateKeyAndCertificate } from '@gatehouse/tools/saml-idp';
import { certificateOf, key, refusal } from '../../../test/saml/answers';
import { ellipticKey } from '../../../test/saml/elliptic-key';
import { readCertificates } from './read-certificates';

const pem = key.certificatePem;
const body = certificateBody(pem);
const der = Buffer.from(body, 'base64');

describe('readCertificates', () => {
  it.each<[string, string | Uint8Array]>([
    ['PEM', pem],
    ['PEM with CRLF and bag attributes', `Bag Attributes\r\n${pem.replaceAll('\n', '\r\n')}`],
    ['PEM as octets', Buffer.from(pem)],
    ['DER', der],
    ['bare base64', body],
    ['bare base64 in lines', `\ufeff  ${body.replace(/(.{76})/g, '$1\r\n\t')}\n`],
    ['the same one twice', pem + pem],
  ])('reads %s [CON-6]', (_what, given) => {
    expect(readCertificates(given)).toEqual([certificateOf(pem)]);
  });

  it('reads several, also of P-256, and shows their subject and fingerprint [CON-6] [SML-4]', () => {
    const found = readCertificates(pem + ellipticKey.certificatePem);
    expect(found.map(({ subject }) => subject)).toEqual([
      'CN=Gatehouse test identity provider',
      'CN=Elliptic test identity provider',
    ]);
    expect(found[0]?.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  });

  it.each<[string, string | Uint8Array, string]>([
    ['junk', 'not a certificate!', 'certificate_invalid'],
    ['base64 of something else', 'aGVsbG8gd29ybGQ=', 'certificate_invalid'],
    ['octets of something else', new Uint8Array([0x30, 1, 2, 3]), 'certificate_invalid'],
    ['a truncated certificate', body.slice(0, 200), 'certificate_invalid'],
    ['a private key', key.privateKeyPem, 'certificate_invalid'],
    ['a certificate with its private key', pem + key.privateKeyPem, 'certificate_invalid'],
    ['a megabyte', 'A'.repeat(1024 * 1024), 'certificate_invalid'],
    [
      'RSA of 1024 bits',
      generateKeyAndCertificate({ modulusLength: 1024 }).certificatePem,
      'saml_algorithm_weak',
    ],
  ])('refuses %s [CON-6] [SML-4]', (_what, given, code) => {
    expect(refusal(() => readCertificates(given))).toBe(code);
  });
});
