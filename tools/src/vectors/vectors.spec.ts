import { createHash, createVerify } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SignedXml } from 'xml-crypto';
import { acceptedVectors, allFiles } from './all-vectors';
import { algorithms, hashOf } from './algorithms';
import { certificatePemOf, vectorsFolder } from './keys';
import type { AcceptedVector } from './vector';

const ecdsa = [algorithms.ecdsaSha256, algorithms.ecdsaSha384, algorithms.ecdsaSha512];

/** It takes #default (Exclusive C14N 1.0, 3) for a prefix; libxml2 finds the digests of this vector right. */
const unknownToTheLibrary = 'default-namespace-listed';

/** What the library does not bring along: the elliptic curves, and SHA-384. */
function judge(key: string): SignedXml {
  const signature = new SignedXml({ publicCert: key });
  for (const algorithm of [...ecdsa, algorithms.rsaSha384]) {
    signature.SignatureAlgorithms[algorithm] = class {
      getAlgorithmName = () => algorithm;
      getSignature = () => '';
      verifySignature = (material: string, _key: unknown, value: string) =>
        createVerify(hashOf(algorithm))
          .update(material)
          .verify({ key, dsaEncoding: 'ieee-p1363' }, value, 'base64');
    };
  }
  signature.HashAlgorithms[algorithms.sha384] = class {
    getAlgorithmName = () => algorithms.sha384;
    getHash = (xml: string) => createHash('sha384').update(xml).digest('base64');
  };
  return signature;
}

/** Whether each signature that can be seen in a response holds in the eyes of the library. */
function judged({ response, identity }: AcceptedVector): boolean[] {
  const xml = response.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
  const signatures = xml.match(/<((?:\w+:)?)Signature[ >].*?<\/\1Signature>/gs) ?? [];
  return signatures.map((text) => {
    const signature = judge(certificatePemOf(identity.certificate));
    signature.loadSignature(text);
    return signature.checkSignature(xml);
  });
}

describe('The vectors', () => {
  it('in the folder are those that the program makes, file by file', () => {
    const made = allFiles();
    const kept = readdirSync(vectorsFolder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(vectorsFolder.length + 1))
      .filter((path) => /^(?:accepted|rejected)\//.test(path));
    expect(kept.toSorted()).toEqual([...made.keys()].toSorted());
    const changed = [...made].filter(
      ([path, text]) => readFileSync(join(vectorsFolder, path), 'utf8') !== text,
    );
    expect(changed.map(([path]) => path)).toEqual([]);
  });

  const visible = acceptedVectors().filter(
    ({ name, response }) => response.includes('SignatureValue') && name !== unknownToTheLibrary,
  );
  it.each(visible.map((vector): [string, AcceptedVector] => [vector.name, vector]))(
    'that are accepted hold for an independent library too: %s [SML-3]',
    (_name, vector) => {
      const verdicts = judged(vector);
      expect(verdicts.length).toBeGreaterThan(0);
      expect(verdicts).not.toContain(false);
    },
  );
});
