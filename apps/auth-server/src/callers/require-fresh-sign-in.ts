import { freshProofMs, SsoError } from '@gatehouse/core';
import { sessionOf, type Caller } from '../http/caller';

/**
 * For keys that outlive the session that makes them: whoever has found a browser open must not leave with one. Programs and the
 * operator have shown their own key just now. Throws `proof_stale`.
 */
export function requireFreshSignIn(caller: Caller, now: Date, before: string): void {
  const signedInAt = sessionOf(caller)?.session.createdAt;
  if (!signedInAt || now.getTime() - signedInAt.getTime() <= freshProofMs) return;
  throw new SsoError('proof_stale', `Sign in again before ${before}.`, {
    want: `a sign-in within the last ${freshProofMs / 60_000} minutes`,
    got: signedInAt,
  });
}
