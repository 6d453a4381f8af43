import type { SessionId, UserId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import type { SecondFactor } from './second-factors';

/** Who proved to be whom, how and when. */
export interface Proven {
  readonly userId: UserId;
  readonly via: 'saml' | 'password' | 'passkey';
  readonly secondFactor?: SecondFactor;
  readonly authenticatedAt: Date;
}

/** What a session says of it. */
export interface ProvenSession extends Proven {
  readonly id: SessionId;
}

/** How long after a sign-in one may still change what one signs in with. */
export const freshProofMs = 10 * 60 * 1000;

/**
 * Throws `proof_stale`. A person's credentials open every organisation that the person belongs to, so that none of these
 * may change them by its identity provider: only a sign-in by the credentials themselves counts.
 */
export function requireLocalProof({ via }: Proven): void {
  if (via !== 'saml') return;
  throw stale('a sign-in by password or passkey', 'a session opened by single sign-on');
}

/** Whether it was by the person's own credentials, just now. */
export function isFreshProof({ via, authenticatedAt }: Proven, now: Date): boolean {
  return via !== 'saml' && now.getTime() - authenticatedAt.getTime() <= freshProofMs;
}

/** The same, and it must have been just now. */
export function requireFreshProof(session: Proven, now: Date): void {
  requireLocalProof(session);
  if (isFreshProof(session, now)) return;
  throw stale(
    `a sign-in of the last ${freshProofMs / 60_000} minutes`,
    session.authenticatedAt.toISOString(),
  );
}

/** The same, of this very person, and where second factors are set up one of them must have been proven. */
export function requireFullProof(
  user: UserId,
  session: Proven,
  enrolled: readonly SecondFactor[],
  now: Date,
): void {
  if (session.userId !== user) throw stale(user, session.userId);
  requireFreshProof(session, now);
  if (enrolled.length === 0 || session.via === 'passkey' || session.secondFactor !== undefined) return;
  throw stale(`a sign-in with ${enrolled.join(' or ')}`, 'a password alone');
}

function stale(want: string, got: string): SsoError {
  return new SsoError(
    'proof_stale',
    'Sign in once more with your password or passkey, then change how you sign in.',
    { want, got },
  );
}
