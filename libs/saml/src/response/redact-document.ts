import type { AttributeMapping } from '@gatehouse/core';
import { mappedTo, shownValue } from './describe-answer';
import { namespaces } from '../names';
import { escapeXml } from '../xml/write-xml';
import { is, trimXml } from '../xml/xml-element';
import type { XmlElement } from '../xml/xml-element';

/** In characters, all documents together. */
const longestDocuments = 32 * 1000;
const longestText = 300;
const longestJunk = 2000;

const { assertion: saml } = namespaces;
const cryptographic = [
  namespaces.signature,
  'http://www.w3.org/2001/04/xmlenc',
  'http://www.w3.org/2009/xml',
  'http://www.w3.org/2001/04/xmldsig',
];

/**
 * The documents as a person reads them, one element a line. Namespace declarations, signatures, digests, certificates
 * and ciphers are left out: what remains verifies nowhere, so it cannot be used again.
 */
export function redactDocuments(documents: readonly XmlElement[], mapping: AttributeMapping): string {
  const page = new Page(mapping);
  for (const document of documents) page.write(document, 0, 'whole');
  return page.text();
}

/** How much of a text is shown: all of it, or as much as of an attribute that nobody mapped. */
type Shown = 'whole' | 'mapped' | 'beginning';

class Page {
  readonly #lines: string[] = [];
  #length = 0;

  constructor(private readonly mapping: AttributeMapping) {}

  write(element: XmlElement, depth: number, above: Shown): void {
    if (this.#isFull()) return;
    const shown = is(element, saml, 'Attribute') ? this.#valuesOf(element) : above;
    const name = element.prefix === '' ? element.name : `${element.prefix}:${element.name}`;
    const open = `${name}${attributesOf(element)}`;
    const text = shownText(element, shown);
    if (element.children.length === 0)
      return this.#line(depth, text === '' ? `<${open}/>` : `<${open}>${text}</${name}>`);
    this.#line(depth, `<${open}>${text}`);
    for (const child of element.children) this.write(child, depth + 1, shown);
    this.#line(depth, `</${name}>`);
  }

  text(): string {
    return this.#lines.join('\n');
  }

  #valuesOf({ attributes }: XmlElement): Shown {
    return mappedTo(attributes.get('Name') ?? '', this.mapping) === undefined ? 'beginning' : 'mapped';
  }

  #isFull(): boolean {
    return this.#length > longestDocuments;
  }

  #line(depth: number, text: string): void {
    if (this.#isFull()) return;
    const line = ' '.repeat(Math.min(depth, 20)) + text;
    this.#length += line.length + 1;
    this.#lines.push(this.#isFull() ? '… (cut here)' : line);
  }
}

function attributesOf({ attributeList }: XmlElement): string {
  return attributeList
    .map(({ prefix, name, value }) => {
      const full = prefix === '' ? name : `${prefix}:${name}`;
      return ` ${full}="${escapeXml(value.slice(0, longestText))}"`;
    })
    .join('');
}

function shownText(element: XmlElement, shown: Shown): string {
  const text = trimXml(element.text);
  if (text === '') return '';
  if (isCryptographic(element)) return `[${text.length} characters cut]`;
  if (shown !== 'whole') return escapeXml(shownValue(text, shown === 'mapped'));
  return escapeXml(text.length > longestText ? `${text.slice(0, longestText)}…` : text);
}

// Every text inside a signature or a cipher: values, digests, keys and certificates.
function isCryptographic({ namespace }: XmlElement): boolean {
  return cryptographic.some((each) => namespace.startsWith(each));
}

/** What was posted and is no document: its beginning, without anything long enough to be a signature or a key. */
export function redactText(samlResponse: string): string {
  const octets = Buffer.from(samlResponse.slice(0, 4 * longestJunk), 'base64');
  return octets
    .toString('utf8')
    .replaceAll(
      /(<(?:\w{1,50}:)?(?:SignatureValue|DigestValue|X509Certificate|CipherValue|AttributeValue)\b[^>]{0,500}>)[^<]*/g,
      '$1[cut]',
    )
    .replaceAll(/[A-Za-z0-9+/=]{40,}/g, '[cut]')
    .replaceAll(/[^\P{C}\n\t]/gu, '\uFFFD')
    .slice(0, longestJunk);
}
