/** An element as our strict parser read it. */
export interface XmlElement {
  readonly namespace: string;
  readonly name: string;
  /** By local name, or `{namespace}name` for an attribute with a prefix. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** The character data directly inside, comments left out, in one piece. */
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
export function* everyElement(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const child of element.children) yield* everyElement(child);
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
