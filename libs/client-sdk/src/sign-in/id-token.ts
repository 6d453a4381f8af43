import type { JsonObject } from '../json.ts';
import type { CallOptions } from '../transport.ts';
import { invalid, refuseOlder, type Verifier, verifyToken } from './signed-token.ts';

const oldest = 600;

/** Verifies an ID token where it is, as OpenID Connect Core 3.1.3.7 lists it, and returns its claims. */
export async function verifyIdToken(
  token: string,
  expected: Verifier & { readonly nonce: string },
  options?: CallOptions,
): Promise<JsonObject> {
  const verified = await verifyToken(token, expected, options);
  refuseOlder(verified, oldest, expected.config);
  const { claims } = verified;
  if (claims['nonce'] !== expected.nonce) throw invalid('The token answers another sign-in (nonce).');
  return claims;
}
