/// <reference lib="es2024.string" />
import { SsoError } from '@gatehouse/core';
import type { ErrorCode } from '@gatehouse/core';
import { SaxesParser } from 'saxes';
import type { SaxesAttributeNSIncomplete, SaxesTagNS } from 'saxes';
import { emptyScope, namespacesIn, nestedScope } from './namespace-scope';
import type { NamespaceScope } from './namespace-scope';
import { OpenElement } from './open-element';
import { XmlBudget } from './xml-budget';
import type { XmlLimits } from './xml-budget';
import type { XmlAttribute, XmlElement } from './xml-element';

/** How a caller names the refusals, because a message and metadata have codes of their own. */
export interface XmlCodes {
  readonly malformed: ErrorCode;
  readonly excessive: ErrorCode;
}

type SaxesName = Pick<SaxesTagNS, 'name' | 'prefix' | 'local'>;

/**
 * Parses a document without DTD strictly, namespaces resolved; the first fault ends it. What was encrypted inside
 * another document may use the namespaces that were declared there: its `scope`.
 */
export function parseXml(
  xml: string,
  limits: XmlLimits,
  codes: XmlCodes,
  scope: NamespaceScope = emptyScope,
): XmlElement {
  refuseUnparsed(xml, limits, codes);
  try {
    return new TreeBuilder(limits, codes, scope).build(xml);
  } catch (error) {
    if (error instanceof SsoError) throw error;
    throw malformed(codes, error instanceof Error ? error.message : 'unknown fault');
  }
}

/** What the parser underneath would read over. */
function refuseUnparsed(xml: string, limits: XmlLimits, codes: XmlCodes): void {
  if (xml.includes('<!DOCTYPE')) {
    throw new SsoError('saml_dtd_forbidden', 'Send the document without a DOCTYPE.', {
      want: 'no DTD',
      got: 'DTD',
    });
  }
  // Half a surrogate pair has no UTF-8: a digest would take it for U+FFFD, and a reader for itself.
  if (!xml.isWellFormed()) throw malformed(codes, 'half a surrogate pair');
  const declared = /^\ufeff?<\?xml\s/.test(xml);
  if (!limits.instructions && xml.includes('<?', declared ? 2 : 0)) {
    throw malformed(codes, 'a processing instruction');
  }
}

const options = { xmlns: true, position: false, defaultXMLVersion: '1.0', forceXMLVersion: true } as const;

class TreeBuilder {
  private readonly parser: SaxesParser<typeof options>;
  private readonly budget: XmlBudget;
  private readonly open: OpenElement[] = [];
  /** Of the tag that is being read, in document order. */
  private pending: SaxesAttributeNSIncomplete[] = [];
  private root: XmlElement | undefined;

  constructor(
    limits: XmlLimits,
    private readonly codes: XmlCodes,
    private readonly outerScope: NamespaceScope,
  ) {
    this.budget = new XmlBudget(limits, codes.excessive);
    const additionalNamespaces = Object.fromEntries(namespacesIn(outerScope));
    this.parser = new SaxesParser({ ...options, additionalNamespaces });
    this.listen();
  }

  build(xml: string): XmlElement {
    this.parser.write(xml).close();
    if (!this.root) throw malformed(this.codes, 'there is no root element');
    return this.root;
  }

  // Without an error handler the first fault is thrown. A seventh handler makes V8 treat the parser as a dictionary,
  // and it six times slower.
  private listen(): void {
    this.parser.on('attribute', (attribute) => this.readAttribute(attribute));
    this.parser.on('opentag', (tag) => this.openElement(tag));
    this.parser.on('text', (text) => this.open.at(-1)?.addText(text));
    this.parser.on('cdata', (text) => this.open.at(-1)?.addText(text));
    this.parser.on('comment', () => this.noteComment());
    this.parser.on('closetag', () => this.closeElement());
  }

  private readAttribute(attribute: SaxesAttributeNSIncomplete): void {
    this.budget.spendAttribute();
    this.checkName(attribute);
    this.pending.push(attribute);
  }

  private openElement(tag: SaxesTagNS): void {
    this.budget.openElement();
    this.checkName(tag);
    const names = { prefix: tag.prefix, name: tag.local, namespace: tag.uri };
    const read = this.pending;
    if (read.length > 0) this.pending = [];
    this.open.push(new OpenElement(names, attributesOf(tag, read), this.scopeWith(read)));
  }

  // Namespaces in XML 1.0, 4: what follows a colon begins like a name too.
  private checkName({ name, prefix, local }: SaxesName): void {
    this.budget.checkName(name);
    if (prefix !== '' && notInitial.test(local)) throw malformed(this.codes, `the name ${local}`);
  }

  private scopeWith(read: readonly SaxesAttributeNSIncomplete[]): NamespaceScope {
    const outer = this.open.at(-1)?.scope ?? this.outerScope;
    const declarations = read.filter(isDeclaration);
    if (declarations.length === 0) return outer;
    const scope = nestedScope(new Map(declarations.map((each) => this.declaration(each))), outer);
    this.budget.checkNamespaces(scope.count);
    return scope;
  }

  // Namespaces are compared letter by letter, but the parser underneath would overlook white space around them.
  private declaration({ prefix, local, value }: SaxesAttributeNSIncomplete): [prefix: string, uri: string] {
    this.budget.checkName(value);
    if (value !== value.trim()) throw malformed(this.codes, 'white space around a namespace');
    return [prefix === '' ? '' : local, value];
  }

  private noteComment(): void {
    this.budget.spendNode();
    this.open.at(-1)?.noteComment();
  }

  private closeElement(): void {
    this.budget.closeElement();
    const closed = this.open.pop()?.close();
    if (!closed) return;
    const parent = this.open.at(-1);
    if (parent) parent.addChild(closed);
    else this.root = closed;
  }
}

const notInitial = /^[-.\d\u00b7\u0300-\u036f\u203f\u2040]/;

function isDeclaration({ prefix, name }: SaxesAttributeNSIncomplete): boolean {
  return prefix === 'xmlns' || name === 'xmlns';
}

// Namespaces in XML 1.0, 6.2: without a prefix an attribute is in no namespace.
function attributesOf(tag: SaxesTagNS, read: readonly SaxesAttributeNSIncomplete[]): readonly XmlAttribute[] {
  const attributes = read.filter((each) => !isDeclaration(each));
  return attributes.map(({ name, prefix, local, value }) => {
    const namespace = prefix === '' ? '' : (tag.attributes[name]?.uri ?? '');
    return { prefix, name: local, namespace, value };
  });
}

function malformed(codes: XmlCodes, got: string): SsoError {
  return new SsoError(codes.malformed, 'The document is not well-formed XML 1.0 with namespaces.', {
    want: 'well-formed XML',
    got: got.slice(0, 200),
  });
}
