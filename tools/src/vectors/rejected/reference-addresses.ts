import { assertionId, honest, responseId, signAssertion, signResponse } from '../honest';
import { invalid } from './bent-references';
import type { Row } from './row';

const uri = (value: string | null) => () => signAssertion(honest(), { uri: value });

export const addresses: readonly Row[] = [
  ['no-uri', 'The reference has no URI', invalid, uri(null)],
  ['empty-uri-of-assertion', 'The reference of the assertion is to the whole document', invalid, uri('')],
  ['uri-of-another-element', 'The reference is to an ID that nothing has', invalid, uri('#_elsewhere')],
  ['uri-of-response', "The assertion's signature refers to the response", invalid, uri(`#${responseId}`)],
  [
    'uri-of-assertion',
    "The response's signature refers to the assertion",
    invalid,
    () => signResponse(honest(), { uri: `#${assertionId}` }),
  ],
  ['uri-without-hash', 'The reference is to a document of that name', invalid, uri(assertionId)],
  [
    'uri-on-the-web',
    'The reference is to an address on the web',
    invalid,
    uri(`https://attacker.example/x#${assertionId}`),
  ],
  ['uri-of-a-file', 'The reference is to a file', invalid, uri('file:///etc/passwd')],
  [
    'uri-xpointer-root',
    'The reference is an XPointer to the root',
    invalid,
    uri('#xpointer(/)'),
    { reference: 'XML Signature 4.4.3.3' },
  ],
  [
    'uri-xpointer-id',
    'The reference is an XPointer to the ID',
    invalid,
    uri(`#xpointer(id('${assertionId}'))`),
  ],
  [
    'uri-escaped',
    'The reference writes the ID with percent signs',
    invalid,
    uri(`#%5F${assertionId.slice(1)}`),
  ],
  ['uri-with-space', 'The reference ends in a space', invalid, uri(`#${assertionId} `)],
  [
    'uri-in-capitals',
    'The reference writes the ID in capitals',
    invalid,
    uri(`#${assertionId.toUpperCase()}`),
  ],
  ['uri-of-hash-only', 'The reference is a bare hash', invalid, uri('#')],
];
