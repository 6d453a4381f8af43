import { emailKey } from '../members/member';
import type { MemberId } from '../shared/ids';
import type { MoveCandidate } from './move-store';

/** A person's subject at the new identity provider; the person is named by e-mail or by the old subject. */
export interface MappingEntry {
  readonly email?: string | undefined;
  readonly oldSubject?: string | undefined;
  readonly subject: string;
}

/** A list that was set against the members it is about. */
export interface ReadMapping {
  /** The new subject of each member that was named; empty where the list contradicts itself. */
  readonly subjects: ReadonlyMap<MemberId, string | undefined>;
  /** Entries that name none of the members who move. */
  readonly unmatched: readonly MappingEntry[];
}

/**
 * Sets a list against the members. Two subjects for one member, or one for two, count for none of them; nor does an old
 * subject that two members had, one at each issuer that the connection has had.
 */
export function readMapping(
  candidates: readonly MoveCandidate[],
  mapping: readonly MappingEntry[],
): ReadMapping {
  const byEmail = gather(candidates.map(({ person }) => [emailKey(person.user.email), person.member.id]));
  const bySubject = gather(
    candidates.flatMap(({ links, person }) => links.map(({ subject }) => [subject, person.member.id])),
  );
  const namedBy = ({ email, oldSubject }: MappingEntry): readonly MemberId[] => {
    const found = email === undefined ? bySubject.get(oldSubject ?? '') : byEmail.get(emailKey(email.trim()));
    return [...(found ?? [])];
  };
  const unmatched = mapping.filter((entry) => namedBy(entry).length === 0);
  const pairs = mapping.flatMap((entry) =>
    namedBy(entry).map((member) => ({ member, subject: entry.subject })),
  );
  return { subjects: unambiguous(pairs), unmatched };
}

interface Pair {
  readonly member: MemberId;
  readonly subject: string;
}

function unambiguous(pairs: readonly Pair[]): ReadonlyMap<MemberId, string | undefined> {
  const subjectsOf = gather(pairs.map(({ member, subject }) => [member, subject]));
  const membersOf = gather(pairs.map(({ member, subject }) => [subject, member]));
  const isClear = ({ member, subject }: Pair) =>
    subjectsOf.get(member)?.size === 1 && membersOf.get(subject)?.size === 1;
  return new Map(pairs.map((pair) => [pair.member, isClear(pair) ? pair.subject : undefined]));
}

function gather<K, V>(pairs: readonly (readonly [K, V])[]): ReadonlyMap<K, ReadonlySet<V>> {
  const gathered = new Map<K, Set<V>>();
  for (const [key, value] of pairs) gathered.set(key, (gathered.get(key) ?? new Set()).add(value));
  return gathered;
}
