import { administers, emailDomain, type Person } from '../members/member';
import type { MemberId } from '../shared/ids';
import { readMapping, type MappingEntry } from './mapping';
import type { Hindrance } from './move';
import type { MoveCandidate } from './move-store';

/** All that a preview depends on. */
export interface MoveFacts {
  readonly candidates: readonly MoveCandidate[];
  /** The domains that this tenant has verified. */
  readonly verifiedDomains: ReadonlySet<string>;
  readonly mapping: readonly MappingEntry[];
  /** Of the mapping's subjects, those that are linked through the target already. */
  readonly takenSubjects: ReadonlySet<string>;
  /** The owners and admins who may follow. */
  readonly administrators: ReadonlySet<MemberId>;
}

/** What will happen to a member. */
export type Prospect =
  | { readonly kind: 'already_linked' }
  | { readonly kind: 'follows_by_subject'; readonly subject: string }
  | { readonly kind: 'follows_by_email' }
  | { readonly kind: 'cannot'; readonly reason: Hindrance };

export interface PreviewedMember {
  readonly candidate: MoveCandidate;
  readonly prospect: Prospect;
}

export interface MovePreview {
  readonly members: readonly PreviewedMember[];
  readonly counts: Readonly<Record<Prospect['kind'], number>>;
  /** How many follow; the number that an approval confirms. */
  readonly follows: number;
  /** Entries of the mapping that name nobody who moves. */
  readonly unmatched: readonly MappingEntry[];
}

/** What a move would do to every member who is linked through the connection that is left. Changes nothing. */
export function previewMove(facts: MoveFacts): MovePreview {
  const { subjects, unmatched } = readMapping(facts.candidates, facts.mapping);
  const members = facts.candidates.map((candidate) => ({
    candidate,
    prospect: prospectOf(candidate, facts, subjects),
  }));
  const count = (kind: Prospect['kind']) => members.filter(({ prospect }) => prospect.kind === kind).length;
  const counts = {
    already_linked: count('already_linked'),
    follows_by_subject: count('follows_by_subject'),
    follows_by_email: count('follows_by_email'),
    cannot: count('cannot'),
  };
  return { members, counts, follows: counts.follows_by_subject + counts.follows_by_email, unmatched };
}

function prospectOf(
  { person, linkedThere }: MoveCandidate,
  facts: MoveFacts,
  subjects: ReadonlyMap<MemberId, string | undefined>,
): Prospect {
  if (linkedThere) return { kind: 'already_linked' };
  const reason = hindranceOf(person, facts);
  if (reason) return { kind: 'cannot', reason };
  if (!subjects.has(person.member.id)) return { kind: 'follows_by_email' };
  const subject = subjects.get(person.member.id);
  if (subject === undefined) return { kind: 'cannot', reason: 'mapping_ambiguous' };
  if (facts.takenSubjects.has(subject)) return { kind: 'cannot', reason: 'subject_taken' };
  return { kind: 'follows_by_subject', subject };
}

function hindranceOf({ user, member }: Person, facts: MoveFacts): Hindrance | undefined {
  if (member.suspendedAt) return 'suspended';
  if (!facts.verifiedDomains.has(emailDomain(user.email))) return 'email_outside_verified_domains';
  const mayFollow = !administers(member.role) || facts.administrators.has(member.id);
  return mayFollow ? undefined : 'administrator_not_listed';
}
