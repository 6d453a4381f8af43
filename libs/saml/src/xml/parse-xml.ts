import { SsoError } from '@gatehouse/core';
import type { ErrorCode } from '@gatehouse/core';
import { SaxesParser } from 'saxes';
import type { SaxesAttributeNS, SaxesTagNS } from 'saxes';
import type { XmlElement } from './xml-element';

/** What a document may cost, held while it is read: nothing is built past a limit. */
export interface XmlLimits {
  readonly depth: number;
  readonly attributes: number;
  readonly elements: number;
  /** Elements, attributes, namespace declarations and comments together. */
  readonly nodes: number;
  /** Namespace declarations on an element and those around it. */
  readonly namespaces: number;
}

/** How a caller names the refusals, because a message and metadata have codes of their own. */
export interface XmlCodes {
  readonly malformed: ErrorCode;
  readonly excessive: ErrorCode;
}

interface OpenElement {
  readonly tag: SaxesTagNS;
  readonly children: XmlElement[];
  readonly namespaces: number;
  text: string;
  commented: boolean;
}

/** Parses a document without DTD strictly, namespaces resolved; the first fault ends it. */
export function parseXml(xml: string, limits: XmlLimits, codes: XmlCodes): XmlElement {
  const tree = new TreeBuilder(limits, codes);
  try {
    return tree.build(xml);
  } catch (error) {
    if (error instanceof SsoError) throw error;
    throw malformed(codes, error instanceof Error ? error.message : 'unknown fault');
  }
}

class TreeBuilder {
  private readonly parser = new SaxesParser({ xmlns: true, position: false });
  private readonly open: OpenElement[] = [];
  private root: XmlElement | undefined;
  private nodes = 0;
  private elements = 0;
  private attributes = 0;
  private depth = 0;

  constructor(
    private readonly limits: XmlLimits,
    private readonly codes: XmlCodes,
  ) {
    this.parser.on('error', (error) => {
      throw malformed(codes, error.message);
    });
    this.parser.on('doctype', () => {
      throw new SsoError('saml_dtd_forbidden', 'Send the document without a DOCTYPE.');
    });
    this.parser.on('opentagstart', () => this.countElement());
    this.parser.on('attribute', () => this.countAttribute());
    this.parser.on('opentag', (tag) => this.openElement(tag));
    this.parser.on('text', (text) => this.addText(text));
    this.parser.on('cdata', (text) => this.addText(text));
    this.parser.on('comment', () => this.noteComment());
    this.parser.on('closetag', () => this.closeElement());
  }

  build(xml: string): XmlElement {
    this.parser.write(xml).close();
    if (!this.root) throw malformed(this.codes, 'there is no root element');
    return this.root;
  }

  private countElement(): void {
    this.depth += 1;
    this.attributes = 0;
    this.elements += 1;
    this.countNode();
    this.refuseOver('elements', this.elements, this.limits.elements);
    this.refuseOver('levels of nesting', this.depth, this.limits.depth);
  }

  private countAttribute(): void {
    this.attributes += 1;
    this.countNode();
    this.refuseOver('attributes on one element', this.attributes, this.limits.attributes);
  }

  private countNode(): void {
    this.nodes += 1;
    this.refuseOver('elements and attributes', this.nodes, this.limits.nodes);
  }

  private refuseOver(what: string, got: number, limit: number): void {
    if (got <= limit) return;
    const message = `The document has too many ${what}; send fewer groups or attributes.`;
    throw new SsoError(this.codes.excessive, message, { want: `at most ${limit} ${what}`, got });
  }

  private openElement(tag: SaxesTagNS): void {
    const namespaces = (this.open.at(-1)?.namespaces ?? 0) + Object.keys(tag.ns).length;
    this.refuseOver('namespaces in scope', namespaces, this.limits.namespaces);
    this.open.push({ tag, children: [], namespaces, text: '', commented: false });
  }

  private addText(text: string): void {
    const element = this.open.at(-1);
    if (element) element.text += text;
  }

  private noteComment(): void {
    this.countNode();
    const element = this.open.at(-1);
    if (element) element.commented = true;
  }

  private closeElement(): void {
    this.depth -= 1;
    const closed = this.open.pop();
    if (!closed) return;
    const element = frozen(closed);
    const parent = this.open.at(-1);
    if (parent) parent.children.push(element);
    else this.root = element;
  }
}

function frozen({ tag, children, text, commented }: OpenElement): XmlElement {
  const attributes = new Map(Object.values(tag.attributes).map((one) => [attributeKey(one), one.value]));
  return { namespace: tag.uri, name: tag.local, attributes, children, text, commented };
}

function attributeKey({ uri, local, prefix }: SaxesAttributeNS): string {
  if (prefix === 'xmlns' || (prefix === '' && local === 'xmlns')) return `{xmlns}${local}`;
  return uri === '' ? local : `{${uri}}${local}`;
}

function malformed(codes: XmlCodes, got: string): SsoError {
  return new SsoError(codes.malformed, 'The document is not well-formed XML 1.0 with namespaces.', {
    want: 'well-formed XML',
    got: got.slice(0, 200),
  });
}
