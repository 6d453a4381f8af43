import { encrypted } from './check-structure';
import type { MessageParts } from './check-structure';
import type { SignedAssertion } from './read-signed-assertion';
import type { Trust } from './trust';

/** Decrypts the assertion, which then must stand structure and signatures as if it had come in clear. */
export function readEncryptedAssertion(
  _parts: MessageParts,
  _signed: SignedAssertion | undefined,
  _trust: Trust,
): SignedAssertion {
  throw encrypted('assertion');
}
