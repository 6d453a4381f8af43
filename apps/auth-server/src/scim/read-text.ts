import { ScimError } from '@gatehouse/scim';

/** RFC 8259 8.1: JSON is UTF-8. Read as it, a name in another encoding would be kept with holes; a byte order mark is passed over. */
export function readText(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new ScimError(400, 'The body is no UTF-8. Send JSON in UTF-8.', 'invalidSyntax');
  }
}
