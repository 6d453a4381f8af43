import { SsoError } from '@gatehouse/core';
import { assert, array, constantFrom, integer, oneof, property, string, tuple, uint8Array } from 'fast-check';
import { key, now } from '../../test/answers';
import { bare, entities, keyDescriptor, metadata, wsFederation } from '../../test/idp-metadata';
import { fastest } from '../../test/fastest';
import { readCertificates } from './read-certificates';
import { readIdpMetadata } from './read-idp-metadata';

/** Undefined where it was taken or refused by a code; everything else is a fault of ours. */
function fault(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error instanceof SsoError ? undefined : error;
  }
  return undefined;
}

const pieces = [
  '<',
  '>',
  '</',
  '/>',
  '"',
  '=',
  '&',
  '&lt;',
  '&#0;',
  ']]>',
  '<![CDATA[',
  '<!--',
  '-->',
  '<?',
  '?>',
  '\0',
  '\ud800',
  '\ufeff',
  'md:',
  'xmlns',
  'entityID',
  'validUntil="',
  ' use="',
  keyDescriptor(key.certificatePem),
  wsFederation,
  bare,
];
const place = integer({ min: 0, max: metadata.length });
const spoilt = array(
  tuple(place, integer({ min: 0, max: 60 }), oneof(constantFrom(...pieces), string({ maxLength: 20 }))),
  {
    minLength: 1,
    maxLength: 4,
  },
).map((changes) =>
  changes.reduce(
    (text, [at, length, piece]) => text.slice(0, at) + piece + text.slice(at + length),
    metadata,
  ),
);

describe('junk in the place of metadata and certificates', () => {
  it('is refused by a code or taken, and never crashes [CON-6]', () => {
    const junk = oneof(
      string(),
      uint8Array({ maxLength: 400 }),
      spoilt,
      spoilt.map((text) => Buffer.from(text)),
    );
    assert(
      property(junk, (given) => fault(() => readIdpMetadata(given, now)) === undefined),
      { numRuns: 1_500 },
    );
    const pem = key.certificatePem;
    const der = Buffer.from(pem.replace(/-----[^-]+-----/g, ''), 'base64');
    const octets = tuple(integer({ min: 0, max: der.length - 1 }), integer({ min: 0, max: 255 })).map(
      ([at, value]) => Uint8Array.from(der.with?.(at, value) ?? der),
    );
    const broken = oneof(string(), uint8Array({ maxLength: 400 }), octets);
    assert(
      property(broken, (given) => fault(() => readCertificates(given)) === undefined),
      { numRuns: 1_500 },
    );
  });

  const mebibyte = 1024 * 1024;
  const filled = (text: string) => text.repeat(Math.floor((mebibyte - 10_000) / text.length));
  const floods: readonly (readonly [string, string])[] = [
    ['white space', filled(' ') + metadata],
    ['white space inside', entities(filled(' '))],
    ['comments before', filled('<!---->') + bare],
    ['instructions before', filled('<?a?>') + bare],
    ['openings', filled('<')],
    ['elements', entities(filled('<a/>'))],
    ['levels', filled('<a>')],
    ['entities without role', entities(filled('<md:EntityDescriptor entityID="a"/>'))],
    ['attributes', `<a ${filled('a="" ')}/>`],
    ['namespaces', `<a ${filled('xmlns:a="a" ')}/>`],
    ['references', entities(filled('&#65;'))],
    ['base64', filled('PHNh')],
    ['quotes', filled(`"'`)],
    ['PEM beginnings', filled('-----BEGIN CERTIFICATE-----')],
    ['PEM labels', filled('-----BEGIN A ')],
    ['PEM certificates', filled(key.certificatePem)],
    [
      'keys',
      bare.replace(
        '<md:KeyDescriptor',
        () => `${filled(keyDescriptor(key.certificatePem))}<md:KeyDescriptor`,
      ),
    ],
    [
      'different keys',
      bare.replace(
        '<md:KeyDescriptor',
        () =>
          Array.from({ length: 500 }, (_, at) => keyDescriptor(`AAAA${at}`)).join('') + '<md:KeyDescriptor',
      ),
    ],
    ['dates', entities(filled('<md:EntityDescriptor validUntil="2030-01-01T00:00:00Z"/>'))],
  ];

  // Work that grows with the square takes seconds here: what is usual is a tenth of the limit.
  it.each(floods)('holds nobody up, a mebibyte of %s too [CON-6] [SML-10]', (_what, text) => {
    for (const read of [
      () => readIdpMetadata(text, now),
      () => readCertificates(text.slice(0, 250 * 1024)),
    ]) {
      expect(fastest(5, () => expect(fault(read)).toBeUndefined())).toBeLessThan(500);
    }
  });
});
