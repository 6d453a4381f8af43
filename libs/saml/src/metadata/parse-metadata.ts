import { SsoError } from '@gatehouse/core';
import { parseXml } from '../xml/parse-xml';
import type { XmlElement } from '../xml/xml-element';
import { readDocumentText, refuseOversize } from './read-document-text';
import { refuseOtherText } from './refuse-other-text';

/** The largest metadata of one identity provider that was seen (AD FS with every claim offered) has about 800 nodes. */
const limits = {
  depth: 64,
  attributes: 64,
  elements: 4_000,
  nodes: 10_000,
  namespaces: 64,
  instructions: true,
};
const codes = { malformed: 'metadata_not_xml', excessive: 'response_too_large' } as const;

/** The root of a metadata document; what is no well-formed XML is named for what it is. */
export function parseMetadata(document: string | Uint8Array): XmlElement {
  const text = readDocumentText(document);
  refuseFloods(text);
  refuseOtherText(text);
  try {
    return parseXml(text, limits, codes);
  } catch (error) {
    throw error instanceof SsoError ? inWordsOfMetadata(error, text) : error;
  }
}

/** Above what 4,000 elements need; counted in the raw text, because markup outside of them costs time too. */
const floods: readonly (readonly [markup: string, limit: number])[] = [
  ['<', 10_000],
  ['&', 5_000],
];

function refuseFloods(text: string): void {
  for (const [markup, limit] of floods) {
    let seen = 0;
    for (let at = text.indexOf(markup); at !== -1; at = text.indexOf(markup, at + 1)) seen += 1;
    if (seen > limit) refuseOversize(`more than ${limit} times ${markup}`);
  }
}

// The parser is shared with messages, so it cannot say what to do about a document.
function inWordsOfMetadata(refusal: SsoError, text: string): SsoError {
  if (refusal.code === 'response_too_large') refuseOversize('more elements than one identity provider has');
  const message = isCutOff(text)
    ? 'The document is cut off: copy or download it again, up to its last line.'
    : 'The document is not well-formed XML: download it again and give it unchanged.';
  return new SsoError('metadata_not_xml', message, refusal.details, { cause: refusal });
}

function isCutOff(text: string): boolean {
  const root = /<([^\s<>/?!]+)/.exec(text)?.[1] ?? '';
  return !text.endsWith('>') || !text.slice(-root.length - 20).includes(`</${root}`);
}
