import type { NamespaceScope } from './namespace-scope';
import type { XmlAttribute, XmlElement } from './xml-element';

const noAttributes: ReadonlyMap<string, string> = new Map();

/** An element whose end has not been read yet. */
export class OpenElement {
  private readonly content: (XmlElement | string)[] = [];
  private readonly children: XmlElement[] = [];
  private text = '';
  private commented = false;

  constructor(
    private readonly tag: Pick<XmlElement, 'prefix' | 'name' | 'namespace'>,
    private readonly attributeList: readonly XmlAttribute[],
    readonly scope: NamespaceScope,
  ) {}

  addText(text: string): void {
    this.text += text;
    this.content.push(text);
  }

  addChild(child: XmlElement): void {
    this.children.push(child);
    this.content.push(child);
  }

  noteComment(): void {
    this.commented = true;
  }

  close(): XmlElement {
    const { tag, scope, attributeList, content, children, text, commented } = this;
    const { prefix, name, namespace } = tag;
    const attributes = byName(attributeList);
    return { prefix, name, namespace, scope, attributes, attributeList, content, children, text, commented };
  }
}

function byName(list: readonly XmlAttribute[]): ReadonlyMap<string, string> {
  if (list.length === 0) return noAttributes;
  const values = new Map<string, string>();
  for (const each of list) values.set(keyOf(each), each.value);
  return values;
}

function keyOf({ prefix, namespace, name }: XmlAttribute): string {
  return prefix === '' ? name : `{${namespace}}${name}`;
}
