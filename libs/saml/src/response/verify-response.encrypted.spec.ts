import { silentChecks } from '@gatehouse/core';
import { encryptedElement, generateKeyAndCertificate } from '@gatehouse/tools/saml-idp';
import type { ResponseChanges } from '@gatehouse/tools/saml-idp';
import { aConnection, insert, now, person, refusal, responseXml, sp, substitute } from '../../test/answers';
import {
  answer,
  decryptionKeys,
  encrypted,
  ours,
  previous,
  verifyEncrypted as verify,
} from '../../test/encrypted-answers';
import type { Wishes } from '../../test/encrypted-answers';
import { ResponseWatch } from './response-watch';
import { verifyResponse } from './verify-response';

const contents = [
  'aes128-gcm',
  'aes192-gcm',
  'aes256-gcm',
  'aes128-cbc',
  'aes192-cbc',
  'aes256-cbc',
] as const;
const transports: readonly [string, Wishes][] = [
  ['RSA-OAEP with MGF1P', { transport: 'rsa-oaep-mgf1p' }],
  ['RSA-OAEP with MGF1P that names SHA-1', { transport: 'rsa-oaep-mgf1p', digest: 'sha1' }],
  ['RSA-OAEP with MGF1P that names SHA-256', { transport: 'rsa-oaep-mgf1p', digest: 'sha256' }],
  ['RSA-OAEP of 1.1 that names nothing', { transport: 'rsa-oaep' }],
  ['RSA-OAEP of 1.1 with SHA-256', { transport: 'rsa-oaep', digest: 'sha256' }],
  ['RSA-OAEP of 1.1 with SHA-256 twice', { transport: 'rsa-oaep', digest: 'sha256', mask: 'sha256' }],
  ['RSA-OAEP of 1.1 masked by SHA-256', { transport: 'rsa-oaep', digest: 'sha1', mask: 'sha256' }],
];

describe('an encrypted assertion', () => {
  it.each(contents)('is read under %s, signed inside or by the response around it [SML-9]', (content) => {
    for (const sign of ['assertion', 'response', 'both'] as const)
      expect(verify(encrypted({ content }, { sign })).subject).toBe(person.nameId);
  });

  it.each(transports)('is read with its key under %s [SML-9]', (_, wishes) => {
    expect(verify(encrypted(wishes)).subject).toBe(person.nameId);
  });

  it('is masked by SHA-1 under the older name, whatever stands beside it [SML-9]', () => {
    const mask = '<m:MGF xmlns:m="http://www.w3.org/2009/xmlenc11#" Algorithm="urn:no-mask"/>';
    const withMask = (xml: string) =>
      substitute(
        xml,
        /(?<=rsa-oaep[^>]*)(?:\/>|><\/xenc:EncryptionMethod>)/,
        `>${mask}</xenc:EncryptionMethod>`,
      );
    expect(verify(withMask(encrypted({ transport: 'rsa-oaep-mgf1p' }))).subject).toBe(person.nameId);
    expect(refusal(() => verify(withMask(encrypted({ transport: 'rsa-oaep' }))))).toBe('saml_algorithm_weak');
  });

  it('may have its key beside it, where a RetrievalMethod points [SML-9]', () => {
    const xml = encrypted({ keyPlace: 'beside' });
    expect(verify(xml).subject).toBe(person.nameId);
    const elsewhere = substitute(xml, 'URI="#_wrapped"', 'URI="#_other"');
    expect(refusal(() => verify(elsewhere))).toBe('saml_structure_invalid');
  });

  it('may use namespaces that are declared outside of it [SML-9]', () => {
    const bare = responseXml({ sign: 'none' });
    const assertion = /<saml:Assertion[\s\S]*<\/saml:Assertion>/.exec(bare)?.[0] ?? '';
    const plain = substitute(assertion, / xmlns:saml="[^"]*"/, '');
    const inside = encryptedElement(plain, { certificatePem: ours.certificatePem });
    const xml = responseXml({
      sign: 'response',
      xml: (text) => substitute(text, assertion, inside),
      ...fixedIds(bare),
    });
    expect(verify(xml).subject).toBe(person.nameId);
  });

  it('names itself in its signature, because it is the root of nothing that was sent [SML-3] [SML-9]', () => {
    const plain = responseXml();
    const [assertion = ''] = /<saml:Assertion[\s\S]*<\/saml:Assertion>/.exec(plain) ?? [];
    const seal = (text: string) => encryptedElement(text, { certificatePem: ours.certificatePem });
    expect(verify(substitute(plain, assertion, seal(assertion))).subject).toBe(person.nameId);
    const ofDocument = substitute(assertion, / URI="#[^"]*"/, ' URI=""');
    const sent = substitute(plain, assertion, seal(ofDocument));
    expect(refusal(() => verify(sent))).toBe('saml_reference_invalid');
  });

  it('is read with the previous key too, and not with one that is gone [SML-13]', () => {
    const xml = encrypted({ certificatePem: previous.certificatePem });
    expect(verify(xml).subject).toBe(person.nameId);
    expect(refusal(() => verify(xml, {}, decryptionKeys.slice(0, 1)))).toBe('saml_decryption_failed');
    expect(refusal(() => verify(xml, {}, []))).toBe('saml_decryption_failed');
  });

  it('must be signed as the connection wants it, inside or around [SML-4] [SML-9]', () => {
    expect(refusal(() => verify(encrypted({}, { sign: 'none' })))).toBe('saml_signature_missing');
    const byResponse = encrypted({}, { sign: 'response' });
    expect(refusal(() => verify(byResponse, { signaturePolicy: 'assertion' }))).toBe(
      'saml_signature_missing',
    );
    expect(refusal(() => verify(byResponse, { signaturePolicy: 'both' }))).toBe('saml_signature_missing');
    expect(verify(encrypted(), { signaturePolicy: 'assertion' }).subject).toBe(person.nameId);
    expect(refusal(() => verify(encrypted(), { signaturePolicy: 'response' }))).toBe(
      'saml_signature_missing',
    );
    expect(verify(encrypted({}, { sign: 'both' }), { signaturePolicy: 'both' }).subject).toBe(person.nameId);
  });

  it('stands every check of one in clear [SML-9] [SML-5]', () => {
    const forAnother = encrypted({}, { audience: 'https://other.example' });
    expect(refusal(() => verify(forAnother))).toBe('saml_audience_mismatch');
    const forged = generateKeyAndCertificate();
    const xml = responseXml({ encrypt: { certificatePem: ours.certificatePem } }, { key: forged });
    expect(refusal(() => verify(xml))).toBe('saml_signature_invalid');
  });

  it('is asked for where the connection wants it, in words that help [CON-12] [SML-9]', () => {
    const wanted = { requireEncryptedAssertions: true };
    expect(refusal(() => verify(responseXml(), wanted))).toBe('saml_encryption_required');
    expect(verify(encrypted(), wanted).subject).toBe(person.nameId);
  });

  it('shows nobody here what was encrypted for another connection, not even in a trace [SML-9] [SEC-3]', () => {
    const elsewhere = 'https://sso.example/saml/acs/conn_of_another_tenant';
    const stolen = encrypted({}, { sign: 'response', recipient: elsewhere, nameId: 'cfo@victim.example' });
    const watch = new ResponseWatch(silentChecks());
    const samlResponse = Buffer.from(stolen).toString('base64');
    const request = {
      samlResponse,
      connection: aConnection(),
      serviceProvider: sp,
      now,
      decryptionKeys,
      watch,
    };
    const told = answer(() => verifyResponse(request));
    expect(told).toMatchObject({ code: 'saml_recipient_mismatch' });
    const seen = JSON.stringify([told, watch.describe(samlResponse, aConnection().settings)]);
    expect(seen).not.toMatch(/victim|cfo|another_tenant|Ann/);
    expect(seen).toContain('EncryptedAssertion');
  });

  it('cannot bring what a plain one may not [SML-3] [SML-9] [SML-10]', () => {
    const inside = (plain: string) => encryptedElement(plain, { certificatePem: ours.certificatePem });
    const holding = (plain: string) =>
      responseXml({
        sign: 'response',
        xml: (text) => substitute(text, /<saml:Assertion[\s\S]*<\/saml:Assertion>/, inside(plain)),
      });
    const deep = `${'<a>'.repeat(100)}${'</a>'.repeat(100)}`;
    expect(refusal(() => verify(holding('<!DOCTYPE a []><a/>')))).toBe('saml_dtd_forbidden');
    expect(refusal(() => verify(holding('<a/><b/>')))).toBe('saml_xml_invalid');
    expect(refusal(() => verify(holding('<a/>')))).toBe('saml_structure_invalid');
    expect(refusal(() => verify(holding(deep)))).toBe('saml_too_large');
    expect(refusal(() => verify(holding(`<a>${'<![CDATA[]]>'.repeat(21)}</a>`)))).toBe('saml_too_large');
    expect(refusal(() => verify(holding(inside('<a/>'))))).toBe('saml_structure_invalid');
  });

  it.each<[string, string, string]>([
    ['its conditions before its subject', '<saml:Subject>', '<saml:Conditions/>'],
    ['a second subject', '<saml:Conditions', '<saml:Subject/>'],
    ['a signature in a value', '</saml:AttributeValue>', '<ds:Signature xmlns:ds="$"/>'],
    [
      'a response in a value',
      '</saml:AttributeValue>',
      '<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"/>',
    ],
  ])('is refused with %s, like one in clear [SML-3] [SML-9]', (_, before, text) => {
    const stray = text.replace('$', 'http://www.w3.org/2000/09/xmldsig#');
    const xml = (plain: string) => insert(plain, before, stray);
    for (const sign of ['assertion', 'response'] as const) {
      expect(refusal(() => verify(responseXml({ sign, xml })))).toBe('saml_structure_invalid');
      expect(refusal(() => verify(encrypted({}, { sign, xml })))).toBe('saml_structure_invalid');
    }
  });
});

// The document is made twice: the second must say what the first one said.
function fixedIds(xml: string): ResponseChanges {
  const [responseId = '', assertionId = ''] = [...xml.matchAll(/ ID="([^"]*)"/g)].map(([, id]) => id);
  const sessionIndex = /SessionIndex="([^"]*)"/.exec(xml)?.[1] ?? '';
  return { responseId, assertionId, sessionIndex };
}

describe('an assertion that is encrypted in a way which is not accepted', () => {
  it.each<[string, Wishes]>([
    ['RSA 1.5', { transport: 'rsa-1_5' }],
    ['Triple DES', { content: 'tripledes-cbc' }],
  ])('is refused by its algorithm: %s [SML-9]', (_, wishes) => {
    expect(refusal(() => verify(encrypted(wishes)))).toBe('saml_algorithm_weak');
  });

  const xml = encrypted();
  it.each([
    ['no EncryptionMethod', /<xenc:EncryptionMethod [^>]*aes[^>]*\/>/, ''],
    ['another type', 'xmlenc#Element', 'xmlenc#Content'],
    [
      'a reference to fetch',
      /<xenc:CipherValue>[^<]*<\/xenc:CipherValue>(?=<\/xenc:CipherData><\/xenc:EncryptedData>)/,
      '<xenc:CipherReference URI="https://evil.example"/>',
    ],
    ['no key', /<xenc:EncryptedKey[\s\S]*<\/xenc:EncryptedKey>/, ''],
    ['no base64', /<xenc:CipherValue>..../, '<xenc:CipherValue>!!!!'],
    [
      'two EncryptedData',
      '</saml:EncryptedAssertion>',
      '<xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#"/></saml:EncryptedAssertion>',
    ],
  ])('is refused for its shape: %s [SML-9]', (_, place, bent) => {
    expect(refusal(() => verify(substitute(xml, place, bent)))).toBe('saml_structure_invalid');
  });

  it('is refused with more keys than a post may have us try [SML-9]', () => {
    const wrapped = /<xenc:EncryptedKey[\s\S]*<\/xenc:EncryptedKey>/.exec(xml)?.[0] ?? '';
    const another = wrapped.replace(/ Id="_wrapped"/, '');
    expect(verify(insert(xml, wrapped, another)).subject).toBe(person.nameId);
    expect(refusal(() => verify(insert(xml, wrapped, another.repeat(2))))).toBe('saml_structure_invalid');
  });
});
