import { createCipheriv, createHash, constants, publicEncrypt } from 'node:crypto';
import { elementsNamed, replaceRange, textOf } from './elements.mjs';

const pieces = [
  'Signature',
  'SignedInfo',
  'SignatureValue',
  'DigestValue',
  'Reference',
  'Transforms',
  'Transform',
  'KeyInfo',
  'SignatureMethod',
  'DigestMethod',
  'CanonicalizationMethod',
];
const algorithms = [
  'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
  'http://www.w3.org/2000/09/xmldsig#sha1',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
  'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256',
  'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256',
  'http://www.w3.org/2001/04/xmlenc#sha256',
  'http://www.w3.org/2001/04/xmlenc#sha512',
  'http://www.w3.org/2001/10/xml-exc-c14n#',
  'http://www.w3.org/2001/10/xml-exc-c14n#WithComments',
  'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
  'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
  'http://www.w3.org/TR/1999/REC-xpath-19991116',
  '',
];
const oneOf = (text, local, chance) => {
  const found = elementsNamed(text, local);
  return found.length === 0 ? undefined : chance.pick(found);
};
const forgedCopy = (assertion, chance) => {
  const bare = chance.once(2)
    ? assertion
    : assertion.replace(/<((?:\w+:)?)Signature[ >].*?<\/\1Signature>/s, '');
  const renamed = chance.once(2) ? bare : bare.replace(/ ID="/, ' ID="_forged');
  return renamed.replaceAll('ann', 'eve').replaceAll('staff', 'owners');
};

/** A forged assertion, and the honest one somewhere else: signature wrapping with all the choices left to chance. */
function wrap(text, chance) {
  const assertion = oneOf(text, 'Assertion', chance);
  if (!assertion) return text;
  const honest = textOf(text, assertion);
  const changed = replaceRange(text, assertion.start, assertion.end, forgedCopy(honest, chance));
  const host = oneOf(
    changed,
    chance.pick([
      'Assertion',
      'Signature',
      'Status',
      'Response',
      'Subject',
      'Conditions',
      'KeyInfo',
      'AttributeValue',
      'NameID',
    ]),
    chance,
  );
  if (!host) return changed;
  const wrapper = chance.pick(['', '', 'samlp:Extensions', 'ds:Object', 'saml:Advice']);
  const hidden = wrapper === '' ? honest : `<${wrapper}>${honest}</${wrapper}>`;
  const at = chance.pick([host.start, host.inner, host.innerEnd, host.end]);
  return replaceRange(changed, at, at, hidden);
}

/** On signatures, their pieces, and what they point at. */
export const signatureMutations = {
  'wrap the honest assertion': wrap,
  'take a piece of a signature from another document': (text, chance, donor) => {
    const local = chance.pick(pieces);
    const [one, other] = [oneOf(text, local, chance), oneOf(donor, local, chance)];
    return one && other ? replaceRange(text, one.start, one.end, textOf(donor, other)) : text;
  },
  'repeat a piece of a signature': (text, chance) => {
    const one = oneOf(text, chance.pick(pieces), chance);
    return one ? replaceRange(text, one.end, one.end, textOf(text, one)) : text;
  },
  'drop a piece of a signature': (text, chance) => {
    const one = oneOf(text, chance.pick(pieces), chance);
    return one ? replaceRange(text, one.start, one.end, '') : text;
  },
  'name another algorithm': (text, chance) => {
    const all = [...text.matchAll(/Algorithm="[^"]*"/g)];
    if (all.length === 0) return text;
    const { index, 0: whole } = chance.pick(all);
    return replaceRange(text, index, index + whole.length, `Algorithm="${chance.pick(algorithms)}"`);
  },
  'point elsewhere': (text, chance) => {
    const ids = [...text.matchAll(/ ID="([^"]*)"/g)].map((match) => `#${match[1]}`);
    return text.replace(/URI="[^"]*"/, () => `URI="${chance.pick(['', '#', '#xpointer(/)', ...ids])}"`);
  },
  'give two elements one ID': (text, chance) => {
    const ids = [...text.matchAll(/ ID="([^"]*)"/g)];
    if (ids.length === 0) return text;
    const { index, 0: whole } = chance.pick(ids);
    return replaceRange(
      text,
      index,
      index + whole.length,
      ` ${chance.pick(['ID', 'Id', 'id', 'xml:id'])}="${chance.pick(ids)[1]}"`,
    );
  },
  'digest anew': (text) =>
    text.replace(
      /(<(?:\w+:)?DigestValue>)[^<]*/,
      (_, tag) => `${tag}${createHash('sha256').update(text).digest('base64')}`,
    ),
};

const saml = 'urn:oasis:names:tc:SAML:2.0:assertion';
const xenc = 'http://www.w3.org/2001/04/xmlenc#';
const ds = 'http://www.w3.org/2000/09/xmldsig#';

/** What anybody can do who has our metadata: encrypt the assertion, honest or bent, to our key. */
export function encryptAssertion(text, chance, recipient) {
  const assertion = oneOf(text, 'Assertion', chance);
  if (!assertion) return text;
  const key = createHash('sha256')
    .update(String(chance.below(1e9)))
    .digest();
  const iv = key.subarray(0, 12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const octets = Buffer.concat([
    iv,
    cipher.update(textOf(text, assertion), 'utf8'),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
  const wrapped = publicEncrypt(
    { key: recipient, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
    key,
  );
  const value = (data) =>
    `<e:CipherData><e:CipherValue>${data.toString('base64')}</e:CipherValue></e:CipherData>`;
  const encryptedKey = `<e:EncryptedKey><e:EncryptionMethod Algorithm="${xenc}rsa-oaep-mgf1p"/>${value(wrapped)}</e:EncryptedKey>`;
  const data = `<e:EncryptedData xmlns:e="${xenc}" Type="${xenc}Element"><e:EncryptionMethod Algorithm="http://www.w3.org/2009/xmlenc11#aes256-gcm"/><d:KeyInfo xmlns:d="${ds}">${encryptedKey}</d:KeyInfo>${value(octets)}</e:EncryptedData>`;
  return replaceRange(
    text,
    assertion.start,
    assertion.end,
    `<s:EncryptedAssertion xmlns:s="${saml}">${data}</s:EncryptedAssertion>`,
  );
}
