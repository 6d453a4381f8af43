import type { ElementNode, XmlAttribute, XmlNode } from './xml-tree';

export interface CanonicalForm {
  /** Inclusive C14N writes every namespace in scope, exclusive only those that are used. */
  readonly exclusive: boolean;
  readonly comments: boolean;
  /** Exclusive C14N 2.1, InclusiveNamespaces; `#default` is the namespace without prefix. */
  readonly prefixList: readonly string[];
}

export const exclusiveForm: CanonicalForm = { exclusive: true, comments: false, prefixList: [] };

type Scope = ReadonlyMap<string, string>;
const nothing: Scope = new Map();

/** The canonical octets, as text, of one element and what is in it (Canonical XML 1.0, Exclusive C14N 1.0). */
export function canonicalForm(element: ElementNode, form: CanonicalForm = exclusiveForm): string {
  return written(element, form, nothing);
}

function written(node: XmlNode, form: CanonicalForm, around: Scope): string {
  if (node.kind === 'text') return escapedText(node.text);
  if (node.kind === 'comment') return form.comments ? `<!--${node.text}-->` : '';
  const declared = declarations(node, form, around);
  const inside = new Map([...around, ...declared]);
  const head = declared.map(([prefix, uri]) => ` ${declarationName(prefix)}="${escapedValue(uri)}"`);
  const attributes = sorted(node.attributes).map(({ name, value }) => ` ${name}="${escapedValue(value)}"`);
  const content = node.children.map((child) => written(child, form, inside));
  return `<${node.name}${head.join('')}${attributes.join('')}>${content.join('')}</${node.name}>`;
}

function declarations(node: ElementNode, form: CanonicalForm, around: Scope): [string, string][] {
  const prefixes = [...new Set(form.exclusive ? prefixesUsed(node, form) : node.scope.keys())];
  const wanted = prefixes.map((prefix): [string, string] => [prefix, node.scope.get(prefix) ?? '']);
  return wanted
    .filter(([prefix, uri]) => prefix !== 'xml' && prefix !== 'xmlns' && (around.get(prefix) ?? '') !== uri)
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

function prefixesUsed(node: ElementNode, { prefixList }: CanonicalForm): string[] {
  const ofAttributes = node.attributes.map(({ prefix }) => prefix).filter((prefix) => prefix !== '');
  const listed = prefixList.map((prefix) => (prefix === '#default' ? '' : prefix));
  return [node.prefix, ...ofAttributes, ...listed.filter((prefix) => node.scope.has(prefix))];
}

function declarationName(prefix: string): string {
  return prefix === '' ? 'xmlns' : `xmlns:${prefix}`;
}

function sorted(attributes: readonly XmlAttribute[]): XmlAttribute[] {
  const key = ({ uri, local }: XmlAttribute) => `${uri}\u0000${local}`;
  return attributes.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
}

function escapedText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#xD;');
}

function escapedValue(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\t', '&#x9;')
    .replaceAll('\n', '&#xA;')
    .replaceAll('\r', '&#xD;');
}
