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

/** Sets a list against the members. Two subjects for one member, or one for two, count for none of them. */
export function readMapping(
  candidates: readonly MoveCandidate[],
  mapping: readonly MappingEntry[],
): ReadMapping {
  const byEmail = new Map(candidates.map((each) => [emailKey(each.person.user.email), each]));
  const bySubject = new Map(candidates.flatMap((each) => each.links.map(({ subject }) => [subject, each])));
  const named = mapping.map((entry) => ({
    entry,
    member: memberOf(
      entry.email === undefined
        ? bySubject.get(entry.oldSubject ?? '')
        : byEmail.get(emailKey(entry.email.trim())),
    ),
  }));
  const unmatched = named.filter(({ member }) => member === undefined).map(({ entry }) => entry);
  const pairs = named.flatMap(({ entry, member }) =>
    member === undefined ? [] : [{ member, subject: entry.subject }],
  );
  return { subjects: unambiguous(pairs), unmatched };
}

interface Pair {
  readonly member: MemberId;
  readonly subject: string;
}

function memberOf(candidate: MoveCandidate | undefined): MemberId | undefined {
  return candidate?.person.member.id;
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
