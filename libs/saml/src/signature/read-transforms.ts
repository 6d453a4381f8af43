import { SsoError } from '@gatehouse/core';
import { envelopedSignature, exclusiveC14n } from './signature-algorithms';
import { algorithmOf, childAt, misplaced, refuseChildren, refuseSurplus } from './signature-shape';
import { is } from '../xml/xml-element';
import type { XmlElement } from '../xml/xml-element';

/** SAML Core 5.4.4: any other transform could leave out of the digest what we are going to read. Answers as below. */
export function readTransforms(transforms: XmlElement): ReadonlySet<string> {
  const got = transforms.children.slice(0, 10).map(algorithmOf);
  const want = [envelopedSignature, exclusiveC14n];
  if (got.length !== 2 || got[0] !== want[0]) throw misplaced(want, got);
  refuseChildren(childAt(transforms, 0, 'Transform'));
  return readCanonicalization(childAt(transforms, 1, 'Transform'));
}

/**
 * The prefixes that exclusive canonical form treats inclusively (Exclusive C14N 3), `#default` as the empty one.
 * The form with comments is refused: no comment is part of what a reference within the document covers.
 */
export function readCanonicalization(element: XmlElement): ReadonlySet<string> {
  if (algorithmOf(element) !== exclusiveC14n) throw misplaced(exclusiveC14n, algorithmOf(element));
  refuseSurplus(element, 1);
  const [list] = element.children;
  return list ? readPrefixes(list) : new Set();
}

/** Identity providers list fewer than ten. */
const maxPrefixes = 32;

function readPrefixes(list: XmlElement): ReadonlySet<string> {
  if (!is(list, exclusiveC14n, 'InclusiveNamespaces')) throw misplaced('InclusiveNamespaces', list.name);
  refuseChildren(list);
  const prefixes = (list.attributes.get('PrefixList') ?? '')
    .split(/[ \t\r\n]+/)
    .filter((each) => each !== '');
  if (prefixes.length <= maxPrefixes)
    return new Set(prefixes.map((each) => (each === '#default' ? '' : each)));
  throw new SsoError('saml_too_large', 'The signature lists too many prefixes (InclusiveNamespaces).', {
    want: `at most ${maxPrefixes} prefixes`,
    got: prefixes.length,
  });
}
