import type { NamespaceScope } from './namespace-scope';

/** An attribute; namespace declarations are none, they make up the scope. */
export interface XmlAttribute {
  readonly prefix: string;
  readonly name: string;
  /** Empty without a prefix. */
  readonly namespace: string;
  /** Normalised (XML 1.0, 3.3.3). */
  readonly value: string;
}

/** An element as our strict parser read it, with all that its canonical form needs. */
export interface XmlElement {
  readonly prefix: string;
  readonly name: string;
  readonly namespace: string;
  readonly scope: NamespaceScope;
  /** By local name, or `{namespace}name` for an attribute with a prefix. */
  readonly attributes: ReadonlyMap<string, string>;
  /** The same with their prefixes, in document order. */
  readonly attributeList: readonly XmlAttribute[];
  /** Elements and character data in document order, references resolved, comments left out. */
  readonly content: readonly (XmlElement | string)[];
  readonly children: readonly XmlElement[];
  /** The character data directly inside, in one piece. */
  readonly text: string;
  /** Whether a comment stands directly inside. */
  readonly commented: boolean;
}

export function is(element: XmlElement, namespace: string, name: string): boolean {
  return element.name === name && element.namespace === namespace;
}

export function childrenNamed(element: XmlElement, namespace: string, name: string): readonly XmlElement[] {
  return element.children.filter((child) => is(child, namespace, name));
}

export function childNamed(element: XmlElement, namespace: string, name: string): XmlElement | undefined {
  return element.children.find((child) => is(child, namespace, name));
}

/** The element itself and everything below it, in document order. */
export function everyElement(element: XmlElement): readonly XmlElement[] {
  const all: XmlElement[] = [];
  collect(element, all);
  return all;
}

function collect(element: XmlElement, all: XmlElement[]): void {
  all.push(element);
  for (const child of element.children) collect(child, all);
}

/** Directly inside, without the white space that pretty printers put around a value. */
export function valueOf(element: XmlElement): string {
  return trimXml(element.text);
}

/** XML's own white space only (XML 1.0, 2.3): String.trim would also take characters that distinguish names. */
export function trimXml(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start += 1;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}
