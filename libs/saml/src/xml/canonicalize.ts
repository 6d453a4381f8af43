import { SsoError } from '@gatehouse/core';
import { canonicalText, canonicalValue } from './canonical-text';
import { compareCodePoints } from './code-point-order';
import { namespacesIn } from './namespace-scope';
import type { XmlAttribute, XmlElement } from './xml-element';

export interface CanonicalOptions {
  /** The signature that is being verified: the enveloped-signature transform leaves it out. */
  readonly omit?: XmlElement;
  /** `InclusiveNamespaces/@PrefixList`, with the empty prefix for `#default`. */
  readonly prefixes?: ReadonlySet<string>;
}

/** Namespaces by prefix. */
type Declarations = ReadonlyMap<string, string>;
type Declaration = readonly [prefix: string, uri: string];

const none: Declarations = new Map();
const outsideOfDocument: Declarations = new Map([['', '']]);

/** An element in exclusive canonical form without comments (Exclusive XML Canonicalization 1.0), in linear time. */
export function canonicalize(
  apex: XmlElement,
  { omit, prefixes = new Set() }: CanonicalOptions = {},
): string {
  const form = new CanonicalForm(omit, prefixes);
  // A listed prefix counts from wherever it was declared, also from outside of what is signed.
  form.write(apex, prefixes.size > 0 ? namespacesIn(apex.scope) : apex.scope.declared, outsideOfDocument);
  return form.toString();
}

class CanonicalForm {
  private readonly chunks: string[] = [];

  constructor(
    private readonly omit: XmlElement | undefined,
    private readonly listed: ReadonlySet<string>,
  ) {}

  toString(): string {
    return this.chunks.join('');
  }

  /** `declared` holds what this element adds to the scope, `rendered` what the elements around it have written. */
  write(element: XmlElement, declared: Declarations, rendered: Declarations): void {
    const name = qualified(element);
    const fresh = this.unrendered(element, declared, rendered);
    this.chunks.push(`<${name}${declarationsOf(fresh)}${attributesOf(element)}>`);
    this.writeContent(element, fresh.length > 0 ? new Map([...rendered, ...fresh]) : rendered);
    this.chunks.push(`</${name}>`);
  }

  private writeContent({ content, scope }: XmlElement, rendered: Declarations): void {
    for (const part of content) {
      if (typeof part === 'string') this.chunks.push(canonicalText(part));
      else if (part !== this.omit)
        this.write(part, part.scope === scope ? none : part.scope.declared, rendered);
    }
  }

  // Exclusive C14N 3: what the element itself visibly uses, or what is listed, unless an element around has written it so.
  private unrendered(
    { prefix, namespace, attributeList }: XmlElement,
    declared: Declarations,
    rendered: Declarations,
  ): readonly Declaration[] {
    const found: Declaration[] = [];
    note([prefix, namespace], rendered, found);
    for (const each of attributeList) {
      if (each.prefix !== '') note([each.prefix, each.namespace], rendered, found);
    }
    for (const each of declared) {
      requireAbsolute(each[1]);
      if (this.listed.has(each[0])) note(each, rendered, found);
    }
    return found.length > 1 ? found.sort(([left], [right]) => compareCodePoints(left, right)) : found;
  }
}

function note(declaration: Declaration, rendered: Declarations, found: Declaration[]): void {
  const [prefix, uri] = declaration;
  if (rendered.get(prefix) === uri || prefix === 'xml') return;
  if (!found.some(([noted]) => noted === prefix)) found.push(declaration);
}

function declarationsOf(fresh: readonly Declaration[]): string {
  let written = '';
  for (const [prefix, uri] of fresh) {
    requireAbsolute(uri);
    written += ` xmlns${prefix === '' ? '' : ':'}${prefix}="${uri}"`;
  }
  return written;
}

function attributesOf({ attributeList }: XmlElement): string {
  const sorted = attributeList.length < 2 ? attributeList : attributeList.toSorted(compareAttributes);
  let written = '';
  for (const each of sorted) written += ` ${qualified(each)}="${canonicalValue(each.value)}"`;
  return written;
}

function qualified({ prefix, name }: XmlElement | XmlAttribute): string {
  return prefix === '' ? name : `${prefix}:${name}`;
}

function compareAttributes(left: XmlAttribute, right: XmlAttribute): number {
  return compareCodePoints(left.namespace, right.namespace) || compareCodePoints(left.name, right.name);
}

const absoluteUri = /^[a-z][a-z\d+.-]*:[\w:/?#[\]@!$'()*+,;=%.~-]*$/i;

// Canonical XML 1.0, 1.3: a document with a relative namespace has no canonical form. An ampersand, which a URI may have,
// libxml2 and others forget to escape in a namespace (2.3): what they sign and what we would verify are not the same.
function requireAbsolute(uri: string): void {
  if (uri === '' || absoluteUri.test(uri)) return;
  const details = { want: 'absolute URIs as namespaces', got: uri };
  throw new SsoError('saml_xml_invalid', 'What is signed uses a namespace that is no absolute URI.', details);
}
