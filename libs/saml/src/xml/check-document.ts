import { SsoError } from '@gatehouse/core';
import { namespaces } from '../names';
import { trimXml } from './xml-element';
import type { XmlElement } from './xml-element';

/** What makes two readers of one document see two things: comments that split values, IDs that occur twice. */
export function checkDocument(elements: readonly XmlElement[]): void {
  elements.forEach(refuseComment);
  refuseDuplicateIds(elements);
}

// A comment splits a value for readers that take its first text node only: nobody needs one there.
function refuseComment({ commented, namespace, text, name }: XmlElement): void {
  if (!commented || (namespace !== namespaces.signature && trimXml(text) === '')) return;
  throw ambiguous('A comment stands inside a value or a signature.', 'no comment', name);
}

const idNames = ['ID', 'Id', 'id'];
const ncName = /^[\p{L}_][\p{L}\p{N}_.\-\u00b7]{0,255}$/u;

function refuseDuplicateIds(elements: readonly XmlElement[]): void {
  const seen = new Set<string>();
  for (const { attributeList } of elements) {
    for (const { name, value } of attributeList) if (idNames.includes(name)) addId(seen, value);
  }
}

function addId(seen: Set<string>, id: string): void {
  if (!ncName.test(id)) throw ambiguous('An ID is not well-formed.', 'an xs:ID', id.slice(0, 80));
  if (seen.has(id)) throw ambiguous('An ID occurs twice in the message.', 'unique IDs', id);
  seen.add(id);
}

function ambiguous(message: string, want: unknown, got: unknown): SsoError {
  return new SsoError('saml_structure_invalid', message, { want, got });
}
