import { SsoError } from '../shared/sso-error';
import type { Domain } from './domain';

/** Whom and what a domain of a tenant is for. */
export interface DomainFacts {
  /** Members with an address in it, and how many of them are linked to an identity at a connection that is switched on. */
  readonly members: number;
  readonly linked: number;
  /** Whether the tenant requires single sign-on. */
  readonly required: boolean;
  /** Whether a connection is switched on, and whether one of them admits newcomers. */
  readonly signsIn: boolean;
  readonly admitsNewcomers: boolean;
  readonly associatesByEmail: boolean;
}

/** What goes by a verified domain, and stops without it. */
export type DomainUse = 'discovery' | 'new_members' | 'association_by_email' | 'linking';

/** What the removal or the lapse of a domain would change (DOM-9). */
export interface DomainEffects {
  readonly members: number;
  /** They keep signing in. */
  readonly linked: number;
  /** They can be linked no more; where single sign-on is required, they have no way in but a break-glass one. */
  readonly unlinked: number;
  readonly required: boolean;
  readonly stops: readonly DomainUse[];
}

const nobody = { members: 0, linked: 0, unlinked: 0 };

/** A claim that is not verified, or has lapsed, carries nothing: its removal changes nothing for anybody. */
export function effectsOf({ verifiedAt }: Domain, facts: DomainFacts): DomainEffects {
  const { members, linked, required } = facts;
  if (!verifiedAt) return { ...nobody, required, stops: [] };
  return { members, linked, unlinked: members - linked, required, stops: usesOf(facts) };
}

function usesOf({ signsIn, admitsNewcomers, associatesByEmail }: DomainFacts): readonly DomainUse[] {
  if (!signsIn) return [];
  const newcomers: readonly DomainUse[] = admitsNewcomers ? ['new_members'] : [];
  const associated: readonly DomainUse[] = associatesByEmail ? ['association_by_email'] : [];
  return ['discovery', ...newcomers, ...associated, 'linking'];
}

/** The refusal of a removal that somebody may not have thought through; it names the fresh number. */
export function removalNotConfirmed(members: number, confirmed: number | undefined): SsoError {
  const people = members === 1 ? '1 member has an address' : `${members} members have addresses`;
  const message =
    confirmed === undefined
      ? `${people} in this domain. Look at its effects, and confirm the number to remove it.`
      : `${people} in this domain now. Look at its effects again, and confirm that number.`;
  const got = confirmed === undefined ? 'no confirmation' : `confirm=${confirmed}`;
  return new SsoError('domain_removal_not_confirmed', message, { want: `confirm=${members}`, got, members });
}
