import { generateKeyAndCertificate } from '@gatehouse/tools/saml-idp';
import { certificateOf, key, refusal, substitute } from '../../test/answers';
import { ellipticKey } from '../../test/elliptic-key';
import { envelopedSignature } from '../../test/enveloped-signature';
import type { SigningOptions } from '../../test/enveloped-signature';
import { readSignature } from './read-signature';
import { SignedOctets } from './signed-octets';
import { messageCodes, messageLimits } from '../xml/message-limits';
import { parseXml } from '../xml/parse-xml';
import { childNamed } from '../xml/xml-element';

const ds = 'http://www.w3.org/2000/09/xmldsig#';
const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const octets = '<m xmlns="urn:m" ID="_m"><v>1</v></m>';
const rsa = { key: key.privateKeyPem };

/** The message with a signature over it; `change` may spoil it afterwards. */
function signed(options: Partial<SigningOptions> = {}, change = (xml: string) => xml): string {
  const signature = envelopedSignature(octets, '_m', { ...rsa, ...options });
  return change(octets.replace('<v>', () => `${signature}<v>`));
}

function verify(xml: string, pems: readonly string[] = [key.certificatePem], isRoot = true): SignedOctets {
  const element = parseXml(xml, messageLimits, messageCodes);
  const signature = childNamed(element, ds, 'Signature');
  const claim = readSignature(signature ? { element, signature } : { element }, isRoot);
  if (!claim) throw new Error('There is no signature.');
  return SignedOctets.verify(claim, pems.map(certificateOf));
}

const verdict = (xml: string) => refusal(() => verify(xml));
const changed = (old: string | RegExp, text: string) => (xml: string) => substitute(xml, old, text);

describe('SignedOctets', () => {
  it('show what was signed, without the signature, and nothing else [SML-3]', () => {
    const read = verify(signed({}, changed('<v>', '<!-- c --><v>'))).read();
    expect(read.children.map(({ name, text }) => [name, text])).toEqual([['v', '1']]);
    expect(read.commented).toBe(false);
  });

  it('are read from what a verified signature made, not from what looks alike [SML-3]', () => {
    const genuine = verify(signed());
    const alike = Object.assign(Object.create(Object.getPrototypeOf(genuine)), { ...genuine, xml: '<m/>' });
    expect(() => Reflect.apply(Reflect.get(genuine, 'read'), alike, [])).toThrow(TypeError);
  });

  it('name the certificate that fitted, wherever it stands in the list [SML-3]', () => {
    const other = generateKeyAndCertificate().certificatePem;
    const { certificate } = verify(signed(), [other, ellipticKey.certificatePem, key.certificatePem]);
    expect(certificate.fingerprint).toBe(certificateOf(key.certificatePem).fingerprint);
    expect(refusal(() => verify(signed(), [other]))).toBe('saml_signature_invalid');
    expect(refusal(() => verify(signed(), []))).toBe('saml_signature_invalid');
  });

  it.each<[string, Partial<SigningOptions>]>([
    ['RSA-SHA384', { hash: 'sha384' }],
    ['RSA-SHA512', { hash: 'sha512' }],
    ['a list of prefixes', { prefixes: ['xs', '#default', 'unused'] }],
  ])('hold with %s [SML-4]', (_what, options) => {
    expect(verdict(signed(options))).toBe('accepted');
  });

  it('hold where SignedInfo too lists a prefix, which is declared around it [SML-4]', () => {
    const list = `<ec:InclusiveNamespaces xmlns:ec="${exclusive}" PrefixList="#default"></ec:InclusiveNamespaces>`;
    const listing = (info: string) => substitute(info, '></ds:Canon', `>${list}</ds:Canon`);
    const written = (info: string) => substitute(info, '<ds:SignedInfo ', '<ds:SignedInfo xmlns="urn:m" ');
    const inherited = changed('<ds:SignedInfo xmlns="urn:m" ', '<ds:SignedInfo ');
    expect(verdict(signed({ info: (info) => written(listing(info)) }, inherited))).toBe('accepted');
    expect(verdict(signed({ info: listing }))).toBe('saml_signature_invalid');
  });

  it('hold with ECDSA on P-256 [SML-4]', () => {
    const elliptic = { key: ellipticKey.privateKeyPem, dsaEncoding: 'ieee-p1363' } as const;
    const xml = signed({ key: elliptic, kind: 'ecdsa' });
    expect(refusal(() => verify(xml, [ellipticKey.certificatePem]))).toBe('accepted');
    expect(verdict(xml)).toBe('saml_signature_invalid');
  });

  it('may be meant by an empty URI where the element is the root, and only there [SML-3]', () => {
    const xml = signed({ info: (info) => substitute(info, 'URI="#_m"', 'URI=""') });
    expect(refusal(() => verify(xml))).toBe('accepted');
    expect(refusal(() => verify(xml, [key.certificatePem], false))).toBe('saml_reference_invalid');
  });
});

describe('a signature is refused', () => {
  it.each<[string, (xml: string) => string, string]>([
    ['over other content', changed('<v>1', '<v>2'), 'saml_signature_invalid'],
    ['over another namespace', changed('urn:m', 'urn:n'), 'saml_signature_invalid'],
    [
      'with another digest',
      changed(/<ds:DigestValue>.{4}/, '<ds:DigestValue>AAAA'),
      'saml_signature_invalid',
    ],
    ['with a short digest', changed(/(?<=<ds:DigestValue>)[^<]*/, 'AAAA'), 'saml_signature_invalid'],
    ['with a digest in base64url', changed(/(?<=<ds:DigestValue>)[^<]*/, '-_-_'), 'saml_signature_invalid'],
    [
      'with rubbish in its value',
      changed('<ds:SignatureValue>', '<ds:SignatureValue>!'),
      'saml_signature_invalid',
    ],
    ['with no value', changed(/<ds:SignatureValue>.*<\/ds:SignatureValue>/, ''), 'saml_reference_invalid'],
    [
      'with two values',
      changed('</ds:SignatureValue>', '</ds:SignatureValue><ds:SignatureValue/>'),
      'saml_reference_invalid',
    ],
    [
      'with elements in its value',
      changed('<ds:SignatureValue>', '<ds:SignatureValue><x/>'),
      'saml_reference_invalid',
    ],
    [
      'with anything before SignedInfo',
      changed('<ds:SignedInfo', '<ds:Object/><ds:SignedInfo'),
      'saml_reference_invalid',
    ],
    ['around an element without ID', changed(' ID="_m"', ''), 'saml_reference_invalid'],
  ])('%s [SML-3]', (_what, change, code) => {
    expect(verdict(signed({}, change))).toBe(code);
  });

  const transform = `<ds:Transform Algorithm="${exclusive}">`;
  // Each of these is signed like that: the key itself vouches for it, and still it says too much.
  it.each<[string, (info: string) => string, string]>([
    [
      'XPath in the last transform',
      changed(transform, `${transform}<ds:XPath></ds:XPath>`),
      'saml_reference_invalid',
    ],
    [
      'an element in the first transform',
      changed('enveloped-signature">', 'enveloped-signature"><x></x>'),
      'saml_reference_invalid',
    ],
    [
      'a shortened output',
      changed('-sha256">', '-sha256"><ds:HMACOutputLength>1</ds:HMACOutputLength>'),
      'saml_reference_invalid',
    ],
    [
      'the transforms in another order',
      changed(`${ds}enveloped-signature`, exclusive),
      'saml_reference_invalid',
    ],
    [
      'one transform only',
      changed(/<ds:Transform Algorithm="[^"]*enveloped-signature"><\/ds:Transform>/, ''),
      'saml_reference_invalid',
    ],
    [
      'canonical form with comments',
      changed(`${exclusive}"></ds:Transform>`, `${exclusive}WithComments"></ds:Transform>`),
      'saml_reference_invalid',
    ],
    [
      'SignedInfo with comments',
      changed(`${exclusive}"></ds:Can`, `${exclusive}WithComments"></ds:Can`),
      'saml_reference_invalid',
    ],
    ['no URI', changed(' URI="#_m"', ''), 'saml_reference_invalid'],
    ['an XPointer', changed('#_m', '#xpointer(/)'), 'saml_reference_invalid'],
    ['RSA-SHA1', changed('rsa-sha256', 'rsa-sha1'), 'saml_algorithm_weak'],
    [
      'RSA-PSS',
      changed('2001/04/xmldsig-more#rsa-sha256', '2007/05/xmldsig-more#sha256-rsa-MGF1'),
      'saml_algorithm_weak',
    ],
    [
      'a digest by SHA-1',
      changed('http://www.w3.org/2001/04/xmlenc#sha256', `${ds}sha1`),
      'saml_algorithm_weak',
    ],
  ])('that says %s, though the key is right [SML-3] [SML-4]', (_what, info, code) => {
    expect(verdict(signed({ info }))).toBe(code);
  });

  it('with more prefixes than anybody lists [SML-10]', () => {
    const prefixes = Array.from({ length: 33 }, (_, at) => `p${at}`);
    expect(verdict(signed({ prefixes }))).toBe('saml_too_large');
    expect(verdict(signed({ prefixes: prefixes.slice(1) }))).toBe('accepted');
  });
});
