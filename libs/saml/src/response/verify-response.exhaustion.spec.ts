import { aConnection, insert, refusal, responseXml, verifyXml } from '../../test/answers';
import { fastest } from '../../test/fastest';

/** A response that is signed around this content, so that all of it is parsed twice and put into canonical form. */
const signedAround = (content: string) =>
  responseXml({
    sign: 'response',
    xml: (xml) => insert(xml, '<samlp:Status>', `<samlp:Extensions>${content}</samlp:Extensions>`),
  });

const list = (count: number, item: (at: number) => string, separator = '') =>
  Array.from({ length: count }, (_, at) => item(at)).join(separator);

const nested = (depth: number, open: (at: number) => string, close: (at: number) => string) =>
  list(depth, open) + list(depth, (at) => close(depth - 1 - at));

/** Just under the limits, each in its own way. */
const heavy: Record<string, () => string> = {
  elements: () => signedAround('<a/>'.repeat(1_100)),
  'elements full of text': () => signedAround(`<a>${'x'.repeat(380)}</a>`.repeat(1_100)),
  attributes: () => signedAround(`<a ${list(60, (at) => `b${at}="c"`, ' ')}/>`.repeat(68)),
  'attributes of a long namespace': () =>
    signedAround(
      `<a xmlns:p="urn:${'n'.repeat(250)}" ${list(60, (at) => `p:${'b'.repeat(90)}${at}=""`, ' ')}/>`.repeat(
        66,
      ),
    ),
  'a namespace a level': () =>
    signedAround(
      nested(
        58,
        (at) => `<p${at}:a xmlns:p${at}="urn:${at}">`,
        (at) => `</p${at}:a>`,
      ).repeat(18),
    ),
  'namespaces in scope of everything': () =>
    signedAround(`<a ${list(58, (at) => `xmlns:p${at}="urn:${at}"`, ' ')}>${'<b/>'.repeat(1_000)}</a>`),
  'one long text': () => signedAround('x'.repeat(440_000)),
  'one long value': () => signedAround(`<a b="${'x'.repeat(440_000)}"/>`),
  references: () => signedAround(`${'&amp;'.repeat(4_900)}${'x'.repeat(400_000)}`),
  'characters outside of the BMP': () => signedAround('\u{1f600}'.repeat(100_000)),
  'dashes in a comment': () => `<a><!--${'-x'.repeat(240_000)}`,
  'brackets in CDATA': () => `<a><![CDATA[${']x'.repeat(240_000)}`,
  'a reference without end': () => `<a>&${'x'.repeat(500_000)}`,
  'a tag without end': () => `<a ${'b="" '.repeat(100_000)}`,
  'long IDs': () => signedAround(list(1_000, (at) => `<a ID="_${'z'.repeat(240)}${at}"/>`)),
};

const connection = aConnection();

describe('a message just under the limits', () => {
  it.each(Object.entries(heavy))('with %s holds nobody up [SML-10]', (_what, build) => {
    const xml = build();
    expect(refusal(() => verifyXml(xml, connection))).toMatch(
      /^(?:accepted|saml_xml_invalid|saml_too_large)$/,
    );
    // Work that grows with the square takes seconds here. The usual 2 to 25 ms are told by `npm run fuzz:saml`.
    expect(fastest(8, () => refusal(() => verifyXml(xml, connection)))).toBeLessThan(500);
  });
});
