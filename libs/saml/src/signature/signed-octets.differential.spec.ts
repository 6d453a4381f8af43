import { SsoError } from '@gatehouse/core';
import { DOMParser } from '@xmldom/xmldom';
import fc from 'fast-check';
import { SignedXml } from 'xml-crypto';
import { certificateOf, key } from '../../test/answers';
import { envelopedSignature } from '../../test/enveloped-signature';
import { generatedXml, plainDialect, wholeDialect } from '../../test/generated-xml';
import type { XmlDialect } from '../../test/generated-xml';
import { askLibxml2 } from '../../test/libxml2-judge';
import { mutation } from '../../test/mutated-text';
import { readSignature } from './read-signature';
import { SignedOctets } from './signed-octets';
import { canonicalize } from '../xml/canonicalize';
import { checkDocument } from '../xml/check-document';
import { messageCodes, messageLimits } from '../xml/message-limits';
import { parseXml } from '../xml/parse-xml';
import { childNamed, everyElement } from '../xml/xml-element';

const seed = 20_260_602;
const numRuns = 400;
const ds = 'http://www.w3.org/2000/09/xmldsig#';
const certificates = [certificateOf(key.certificatePem)];

/** A document around a signed element, with namespaces that only a prefix list makes part of what is signed. */
interface Example {
  readonly content: string;
  readonly prefixes: readonly string[];
  readonly change: (text: string) => string;
}

const documentOf = (content: string, signature = '') =>
  `<o:out xmlns:o="urn:o" xmlns:a="urn:out:a" xmlns:xs="urn:xs"><r:in xmlns:r="urn:r" ID="_in">${content}${signature}</r:in></o:out>`;

function examples(dialect: XmlDialect): readonly Example[] {
  const prefixes = fc.subarray(['a', 'xs', 'r', 'o', 'unused']);
  const content = generatedXml(dialect);
  return fc.sample(fc.record({ content, prefixes, change: mutation }), { seed, numRuns });
}

interface Verdict {
  readonly octets?: string;
  readonly refused?: string;
}

/** Ours: the octets that were found to be signed, or why there are none. */
function ours(xml: string): Verdict {
  try {
    const element = everyElement(parseXml(xml, messageLimits, messageCodes)).find(
      ({ name }) => name === 'in',
    );
    const signature = element && childNamed(element, ds, 'Signature');
    if (signature) checkDocument(everyElement(signature));
    const claim = element && signature && readSignature({ element, signature }, false);
    if (!claim) return { refused: 'no signature' };
    const read = SignedOctets.verify(claim, certificates).read();
    return { octets: canonicalize(read, { prefixes: claim.prefixes }) };
  } catch (error) {
    if (!(error instanceof SsoError)) return { refused: String(error) };
    return { refused: `${error.message} ${String(error.details['got'])}` };
  }
}

/** Theirs, or that it did not verify. */
function xmlCrypto(xml: string): Verdict {
  try {
    const errorHandler = (_level: string, fault: unknown) => {
      throw new Error(String(fault));
    };
    const document = new DOMParser({ errorHandler }).parseFromString(xml, 'text/xml');
    const [signature] = Array.from(document.getElementsByTagNameNS(ds, 'Signature'));
    const verifier = new SignedXml({ publicCert: key.certificatePem });
    if (signature) verifier.loadSignature(signature);
    const [octets] = verifier.checkSignature(xml) ? verifier.getSignedReferences() : [];
    return octets === undefined ? { refused: 'not verified' } : { octets };
  } catch (error) {
    return { refused: String(error) };
  }
}

/** What we refuse on purpose though another implementation reads on; see docs/decisions. */
const stricter = [
  /is not canonical base64/,
  /a processing instruction$/,
  /white space around a namespace$/,
  /A comment stands inside a value or a signature/,
];

const onPurpose = ({ refused }: Verdict) => stricter.some((rule) => rule.test(refused ?? ''));

describe('a signature, beside other implementations', () => {
  it(`holds over the octets of libxml2, for ${numRuns} documents and lists of prefixes [SML-3]`, () => {
    const all = examples(wholeDialect);
    const judged = askLibxml2(
      all.map(({ content, prefixes }) => ({ xml: documentOf(content), at: 1, prefixes })),
    );
    const different = all.flatMap(({ content, prefixes }, at) => {
      const { octets } = judged[at] ?? {};
      const signature = envelopedSignature(octets ?? '', '_in', { key: key.privateKeyPem, prefixes });
      const mine = ours(documentOf(content, signature));
      return mine.octets === octets ? [] : [{ seed, content, prefixes, octets, mine }];
    });
    expect(different.slice(0, 3)).toEqual([]);
  });

  it(`holds over ${numRuns} changed documents only where libxml2 gives the octets that were signed [SML-3]`, () => {
    const all = examples(wholeDialect);
    const questions = all.flatMap(({ content, prefixes, change }) => [
      { xml: documentOf(content), at: 1, prefixes },
      { xml: change(documentOf(content)), at: 1, prefixes },
    ]);
    const judged = askLibxml2(questions);
    const verdicts = all.map(({ prefixes }, at) => {
      const { octets } = judged[2 * at] ?? {};
      const changed = questions[2 * at + 1]?.xml ?? '';
      const signature = envelopedSignature(octets ?? '', '_in', { key: key.privateKeyPem, prefixes });
      const mine = ours(changed.replace(/<\/r:in>(?!.*<\/r:in>)/s, () => `${signature}</r:in>`));
      return { seed, octets, changed, theirs: judged[2 * at + 1]?.octets, mine };
    });
    const unequal = verdicts.filter(
      ({ octets, theirs, mine }) =>
        octets !== undefined && (octets === theirs) !== (mine.octets !== undefined) && !onPurpose(mine),
    );
    expect(unequal.slice(0, 3)).toEqual([]);
    expect(verdicts.filter(({ mine }) => mine.octets !== undefined).length).toBeGreaterThan(numRuns / 5);
  });

  it(`holds where it holds for xml-crypto, with the same octets, for ${numRuns} documents changed anywhere [SML-3]`, () => {
    const all = examples(plainDialect);
    const verdicts = all.map(({ content, change }) => {
      const octets = canonicalize(parseXml(documentOf(content), messageLimits, messageCodes));
      const inner = /<r:in .*<\/r:in>/s.exec(octets)?.[0] ?? '';
      const signature = envelopedSignature(inner, '_in', { key: key.privateKeyPem });
      const changed = change(documentOf(content, signature));
      return { seed, changed, mine: ours(changed), theirs: xmlCrypto(changed) };
    });
    // What xml-crypto's parser takes for XML is not always XML: libxml2 knows.
    const readable = askLibxml2(verdicts.map(({ changed }) => ({ xml: changed, at: 0, prefixes: [] })));
    const unequal = verdicts.filter(
      ({ mine, theirs }, at) =>
        mine.octets !== theirs.octets &&
        (mine.octets !== undefined || (!onPurpose(mine) && readable[at]?.octets !== undefined)),
    );
    expect(unequal.slice(0, 3)).toEqual([]);
    expect(verdicts.filter(({ mine }) => mine.octets !== undefined).length).toBeGreaterThan(numRuns / 5);
  });
});
