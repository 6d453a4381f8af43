import { createHash, timingSafeEqual } from 'node:crypto';

/** Tells the operator key from any other text. */
export function operatorKeyCheck(operatorKey: string): (text: string) => boolean {
  const wanted = digest(operatorKey);
  // Digests have one length, so the comparison takes the same time for every guess.
  return (text) => timingSafeEqual(digest(text), wanted);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
