import { SaxesParser } from 'saxes';
import type { SaxesAttributeNS, SaxesTagNS } from 'saxes';

export interface XmlAttribute {
  readonly name: string;
  readonly uri: string;
  readonly local: string;
  readonly prefix: string;
  readonly value: string;
}

export interface ElementNode {
  readonly kind: 'element';
  readonly name: string;
  readonly prefix: string;
  readonly local: string;
  readonly uri: string;
  /** Without namespace declarations. */
  readonly attributes: readonly XmlAttribute[];
  /** Every prefix in scope here, with its namespace; '' is the default. */
  readonly scope: ReadonlyMap<string, string>;
  readonly children: XmlNode[];
}

export type XmlNode =
  | ElementNode
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'comment'; readonly text: string };

/** What a parser sees of a well-formed document without a DTD, comments included. */
export function xmlTree(xml: string): ElementNode {
  const parser = new SaxesParser({ xmlns: true });
  const open: ElementNode[] = [];
  const roots: ElementNode[] = [];
  const add = (node: XmlNode) => void open.at(-1)?.children.push(node);
  parser.on('opentag', (tag) => {
    const element = elementOf(tag, open.at(-1)?.scope ?? new Map());
    add(element);
    if (open.length === 0) roots.push(element);
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  parser.on('text', (text) => add({ kind: 'text', text }));
  parser.on('cdata', (text) => add({ kind: 'text', text }));
  parser.on('comment', (text) => add({ kind: 'comment', text }));
  parser.write(xml).close();
  const [root] = roots;
  if (!root) throw new Error('The document has no root element');
  return root;
}

function elementOf(tag: SaxesTagNS, around: ReadonlyMap<string, string>): ElementNode {
  const { name, prefix, local, uri } = tag;
  const scope = new Map([...around, ...Object.entries(tag.ns)]);
  const attributes = Object.values(tag.attributes).filter((attribute) => !isDeclaration(attribute));
  return { kind: 'element', name, prefix, local, uri, attributes, scope, children: [] };
}

function isDeclaration({ name }: SaxesAttributeNS): boolean {
  return name === 'xmlns' || name.startsWith('xmlns:');
}

/** The first element, in document order, for which a test holds. */
export function findElement(
  root: ElementNode,
  test: (element: ElementNode) => boolean,
): ElementNode | undefined {
  if (test(root)) return root;
  for (const child of root.children) {
    const found = child.kind === 'element' ? findElement(child, test) : undefined;
    if (found) return found;
  }
  return undefined;
}
