import { isObject, textIn } from '../json.ts';
import type { CallOptions } from '../transport.ts';
import { invalid, refuseOlder, type Verifier, verifyToken } from './signed-token.ts';

const event = 'http://schemas.openid.net/event/backchannel-logout';
const oldest = 120;

/** What a logout token says: which session has ended. */
export interface EndedSession {
  /** `sid` of the sessions that it opened here. */
  readonly sid: string;
  /** The person, as `user.id` names them. */
  readonly userId?: string | undefined;
}

/** Verifies a logout token (OpenID Connect Back-Channel Logout 1.0, 2.6); `jti` is for whoever sees that it comes once. */
export async function verifyLogoutToken(
  token: string,
  verifier: Verifier,
  options?: CallOptions,
): Promise<EndedSession & { readonly jti: string }> {
  const verified = await verifyToken(token, verifier, options);
  refuseOlder(verified, oldest, verifier.config);
  const { header, claims } = verified;
  // RFC 8725 3.11: an ID token of the same issuer must not pass for one of these.
  if (header['typ'] !== 'logout+jwt') throw invalid('This is no logout token (typ).');
  const { events } = claims;
  if (!isObject(events) || !isObject(events[event])) throw invalid('The token announces no logout (events).');
  if ('nonce' in claims) throw invalid('A logout token carries no nonce.');
  const [sid, jti] = [textIn(claims, 'sid'), textIn(claims, 'jti')];
  if (sid === undefined || jti === undefined)
    throw invalid('The token names no session, or not itself (sid, jti).');
  return { sid, jti, userId: textIn(claims, 'sub') };
}
