import type { SecondFactor } from '../credentials/second-factors';
import type { ConnectionId, MemberId, SessionId, TenantId, UserId } from '../shared/ids';
import type { NameId } from './name-id';

/** How a person proved who it is: by a connection's protocol, or by what we keep ourselves. */
export const signInMethods = ['saml', 'password', 'passkey'] as const;
export type SignInMethod = (typeof signInMethods)[number];

/** A member's signed-in state in one tenant; it says nothing about any other tenant. */
export interface Session {
  readonly id: SessionId;
  readonly tenantId: TenantId;
  readonly userId: UserId;
  readonly memberId: MemberId;
  readonly via: SignInMethod;
  /** Of a sign-in by single sign-on only. */
  readonly connectionId?: ConnectionId;
  /** What was proven besides a password. */
  readonly secondFactor?: SecondFactor;
  /** Opened by a way in that is kept for emergencies. */
  readonly breakGlass: boolean;
  readonly sessionIndex?: string;
  /** As the identity provider named the person, for single logout. */
  readonly nameId?: NameId;
  readonly groups: readonly string[];
  /** What the tenant passes on of the person's attributes, by its own names for it (CON-11). */
  readonly attributes?: Readonly<Record<string, readonly string[]>>;
  /** Where it was opened from: a network address and what the browser calls itself. */
  readonly address?: string;
  readonly userAgent?: string;
  readonly authenticatedAt: Date;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly endedAt?: Date;
}

/**
 * Whether the person's own password or passkey opened it. The word of a tenant's identity provider says who somebody is in
 * that tenant alone: whoever runs it must learn nothing of the others, and touch nothing there (SES-2, SEC-3).
 */
export function isProvenByPerson({ via }: Pick<Session, 'via'>): boolean {
  return via !== 'saml';
}

export const longestSessionMs = 24 * 60 * 60 * 1000;

/** At most 24 hours, less where the deployment or the identity provider says so (SES-1, SML-12). */
export function sessionEnd(now: Date, lifetimeMs: number, notOnOrAfter?: Date): Date {
  const ours = now.getTime() + Math.min(lifetimeMs, longestSessionMs);
  return new Date(Math.min(ours, notOnOrAfter?.getTime() ?? ours));
}
