import { SsoError } from '@gatehouse/core';
import { DOMParser } from '@xmldom/xmldom';
import fc from 'fast-check';
import { ExclusiveCanonicalization } from 'xml-crypto';
import { generatedXml, plainDialect, wholeDialect } from '../../test/generated-xml';
import { askLibxml2 } from '../../test/libxml2-judge';
import { canonicalize } from './canonicalize';
import { messageCodes, messageLimits } from './message-limits';
import { parseXml } from './parse-xml';
import { everyElement } from './xml-element';

const seed = 20_260_601;
const numRuns = 4_000;

interface Question {
  readonly xml: string;
  readonly at: number;
  readonly prefixes: readonly string[];
}

/** Ours, as libxml2 is asked: some element of the document, some prefixes listed. */
function ours({ xml, at, prefixes }: Question): { octets?: string; refused?: string } {
  try {
    const apex = everyElement(parseXml(xml, messageLimits, messageCodes))[at];
    const listed = new Set(prefixes.map((each) => (each === '#default' ? '' : each)));
    return apex ? { octets: canonicalize(apex, { prefixes: listed }) } : { refused: 'no such element' };
  } catch (error) {
    return {
      refused: error instanceof SsoError ? String(error.details['got']) : `no refusal: ${String(error)}`,
    };
  }
}

const listed = fc.subarray([...wholeDialect.prefixes.filter((each) => each !== ''), '#default', 'unused']);

function questions(): readonly Question[] {
  const arbitrary = fc.record({
    xml: generatedXml(wholeDialect),
    at: fc.nat(5),
    prefixes: fc.oneof(fc.constant([]), listed),
  });
  return fc
    .sample(arbitrary, { seed, numRuns })
    .map((each) => ({ ...each, at: each.at % elementsIn(each.xml) }));
}

const elementsIn = (xml: string) => xml.split(/<[^!/]/).length - 1 || 1;

describe('canonicalize, beside other implementations', () => {
  it(`gives the octets that libxml2 gives, or neither gives any, for ${numRuns} documents [SML-3]`, () => {
    const asked = questions();
    const judged = askLibxml2(asked);
    const different = asked.flatMap((question, at) => {
      const mine = ours(question);
      return mine.octets === judged[at]?.octets ? [] : [{ seed, question, mine, libxml2: judged[at] }];
    });
    expect(different.slice(0, 3)).toEqual([]);
    expect(judged.filter(({ octets }) => octets !== undefined).length).toBeGreaterThan(numRuns * 0.9);
  });

  it(`gives the octets that xml-crypto gives for ${numRuns} documents [SML-3]`, () => {
    const different = fc.sample(generatedXml(plainDialect), { seed, numRuns }).flatMap((xml) => {
      const document = new DOMParser().parseFromString(xml, 'text/xml');
      const theirs = new ExclusiveCanonicalization().process(document.documentElement, {});
      const mine = canonicalize(parseXml(xml, messageLimits, messageCodes));
      return mine === theirs ? [] : [{ seed, xml, mine, theirs }];
    });
    expect(different.slice(0, 3)).toEqual([]);
  });
});
