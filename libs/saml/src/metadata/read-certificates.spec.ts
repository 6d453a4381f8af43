import { generateKeyPairSync } from 'node:crypto';
import { certificateBody, generateKeyAndCertificate } from '@gatehouse/tools/saml-idp';
import { certificateOf, key, refusal } from '../../test/answers';
import { namelessPem } from '../../test/certificate-chain';
import { ellipticKey } from '../../test/elliptic-key';
import { distinctCertificates, readCertificates } from './read-certificates';
import { keyFault } from '../signature/signature-algorithms';

const pem = key.certificatePem;
const body = certificateBody(pem);
const der = Buffer.from(body, 'base64');

function thrownBy(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

describe('readCertificates', () => {
  it.each<[string, string | Uint8Array]>([
    ['PEM', pem],
    ['PEM with CRLF and bag attributes', `Bag Attributes\r\n${pem.replaceAll('\n', '\r\n')}`],
    ['PEM as octets', Buffer.from(pem)],
    ['DER', der],
    ['bare base64', body],
    ['bare base64 in lines', `\ufeff  ${body.replace(/(.{76})/g, '$1\r\n\t')}\n`],
    ['the same one twice', pem + pem],
    ['PEM on one line', pem.replaceAll('\n', ' ')],
    ['PEM out of JSON', JSON.stringify(pem)],
    ['PEM with a letter around it', `Hello,\n\nhere it is:\n${pem}\n-- \nThe IT team`],
    ['PEM in base64 once more', Buffer.from(pem).toString('base64')],
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

  it('takes one that has expired, and one that names nobody [CON-6] [CRT-7]', () => {
    const past = new Date('2020-01-01T00:00:00Z');
    const expired = generateKeyAndCertificate({ notBefore: past, notAfter: past });
    expect(readCertificates(expired.certificatePem)).toMatchObject([{ notAfter: past }]);
    expect(readCertificates(namelessPem)).toMatchObject([{ subject: '' }]);
  });

  it('never repeats a private key that was pasted by mistake [CON-6]', () => {
    const secret = certificateBody(key.privateKeyPem).slice(40, 80);
    const given = [key.privateKeyPem, pem + key.privateKeyPem, certificateBody(key.privateKeyPem)];
    for (const each of [...given, Buffer.from(key.privateKeyPem).toString('base64')]) {
      const thrown = thrownBy(() => readCertificates(each));
      expect(thrown).toMatchObject({ code: 'certificate_invalid' });
      expect(String(thrown) + JSON.stringify(thrown)).not.toContain(secret);
    }
  });

  it.each<[string, string | Uint8Array, string]>([
    ['junk', 'not a certificate!', 'certificate_invalid'],
    ['base64 of something else', 'aGVsbG8gd29ybGQ=', 'certificate_invalid'],
    ['octets of something else', new Uint8Array([0x30, 1, 2, 3]), 'certificate_invalid'],
    ['a truncated certificate', body.slice(0, 200), 'certificate_invalid'],
    ['a private key', key.privateKeyPem, 'certificate_invalid'],
    ['a certificate with its private key', pem + key.privateKeyPem, 'certificate_invalid'],
    ['a bundle of another format', pem.replaceAll('CERTIFICATE', 'PKCS7'), 'certificate_invalid'],
    ['nothing', ' \n', 'certificate_invalid'],
    ['a megabyte', 'A'.repeat(1024 * 1024), 'certificate_invalid'],
    [
      'RSA of 1024 bits',
      generateKeyAndCertificate({ modulusLength: 1024 }).certificatePem,
      'certificate_weak',
    ],
  ])('refuses %s [CON-6] [SML-4]', (_what, given, code) => {
    expect(refusal(() => readCertificates(given))).toBe(code);
  });
});

describe('distinctCertificates', () => {
  const numbered = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ ...certificateOf(pem), fingerprint: `${at}` }));

  it('keeps ten, however often each is given, and refuses eleven [CON-6] [SML-10]', () => {
    expect(distinctCertificates([...numbered(10), ...numbered(10)])).toHaveLength(10);
    expect(refusal(() => distinctCertificates(numbered(11)))).toBe('certificate_invalid');
  });
});

describe('keyFault', () => {
  const rsa = (modulusLength: number, publicExponent: bigint) => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    Object.defineProperty(publicKey, 'asymmetricKeyDetails', { value: { modulusLength, publicExponent } });
    return keyFault(publicKey);
  };

  it('finds RSA keys that are too short, too long or slow to try [SML-4] [SML-10]', () => {
    expect([rsa(2048, 65537n), rsa(8192, 3n)]).toEqual([undefined, undefined]);
    expect([rsa(2047, 65537n), rsa(8193, 65537n)]).toEqual(['RSA 2047', 'RSA 8193']);
    expect(rsa(2048, 2n ** 32n)).toBe('RSA with a long exponent');
  });
});
