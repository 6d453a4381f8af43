import {
  moveState,
  type Move,
  type MoveCounts,
  type MovingProgress,
  type TargetPreview,
} from '@gatehouse/core';

/** A slice of a list that is ordered by member. */
interface MemberSlice {
  readonly after?: string;
  readonly limit: number;
}

/** A preview as the API shows it: the numbers of all, and a slice of the members. */
export function presentPreview(preview: TargetPreview, { after = '', limit }: MemberSlice) {
  const { follows, counts, admitsNewcomers, unmatched } = preview;
  const rest = preview.members.filter(({ candidate }) => candidate.person.member.id > after);
  const items = rest.slice(0, limit).map(({ candidate, prospect }) => {
    const { user, member } = candidate.person;
    const { kind: outcome, ...why } = prospect;
    const oldSubjects = candidate.links.map(({ subject }) => subject);
    return { memberId: member.id, email: user.email, role: member.role, oldSubjects, outcome, ...why };
  });
  const last = items.at(-1);
  const next = last && rest.length > items.length ? { next: last.memberId } : {};
  return { follows, counts, admitsNewcomers, unmatched, members: { items, ...next } };
}

/** A move as the API shows it. */
export function presentMove(move: Move, now: Date) {
  const { id, fromConnectionId: from, toConnectionId: to, issuer } = move;
  const { approvedBy, approvedAt, expiresAt, endedAt } = move;
  return { id, from, to, issuer, state: moveState(move, now), approvedBy, approvedAt, expiresAt, endedAt };
}

/** A move with its progress, and a slice of its members. */
export function presentProgress(
  move: Move,
  counts: MoveCounts,
  members: readonly MovingProgress[],
  limit: number,
  now: Date,
) {
  const items = members.map(presentMember);
  const last = items.at(-1);
  const next = last && items.length === limit ? { next: last.memberId } : {};
  return { ...presentMove(move, now), counts, members: { items, ...next } };
}

function presentMember({ row, person, block }: MovingProgress) {
  const { memberId, email, state, reason, oldSubject, expectedSubject, followedAt } = row;
  const emailNow = person.user.email === email ? {} : { emailNow: person.user.email };
  const { role } = person.member;
  return {
    memberId,
    email,
    ...emailNow,
    role,
    state,
    reason,
    block,
    oldSubject,
    expectedSubject,
    followedAt,
  };
}
