import type { Person } from '../members/member';
import type { ProvisionedMatch } from './provisioned-match';

/** What a sign-in makes of the people whom directories know. */
export interface ProvisionedFacts {
  /** The member whom the identity meets by the rule of a directory; `isFresh`: nobody is asked for more. */
  readonly met?: { readonly person: Person; readonly isFresh: boolean };
  /** Whom the directories keep out, among those that this may be. */
  readonly deprovisioned: readonly Pick<ProvisionedMatch, 'email'>[];
}

/** Of several members whom an identity could be, it is none: somebody would come into another one's account. */
export function meetProvisioned(matches: readonly ProvisionedMatch[]): ProvisionedFacts {
  const members = new Map(
    matches.flatMap(({ paired, person }) => (paired && person ? [[person.member.id, person] as const] : [])),
  );
  const [person] = members.size === 1 ? members.values() : [];
  // Who is in by one directory is not out by another one.
  const isIn = matches.some((match) => match.person !== undefined && !match.person.member.suspendedAt);
  const deprovisioned = isIn ? [] : matches.filter(({ isOut }) => isOut);
  if (!person) return { deprovisioned };
  const own = matches.filter((match) => match.paired && match.person?.member.id === person.member.id);
  return { met: { person, isFresh: own.some(({ isFresh }) => isFresh) }, deprovisioned };
}
