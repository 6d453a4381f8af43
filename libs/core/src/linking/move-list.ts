import type { MemberId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import type { Move, MovingMember } from './move';
import type { MovePreview, PreviewedMember } from './preview-move';

/** The list that an approval stores: everybody who follows or cannot; who is linked through the target already is not on it. */
export function listMembers(
  move: Move,
  { members }: MovePreview,
  administrators: readonly MemberId[],
): MovingMember[] {
  const listed = new Set(administrators);
  refuseStrangers(members, administrators);
  return members.flatMap((each) => describeMember(move, each, listed));
}

function describeMember(
  { id: moveId, tenantId }: Move,
  { candidate, prospect }: PreviewedMember,
  administrators: ReadonlySet<MemberId>,
): MovingMember[] {
  const { person, links } = candidate;
  const [old] = links;
  if (prospect.kind === 'already_linked' || !old) return [];
  const { id: memberId } = person.member;
  const listed = administrators.has(memberId);
  const row = { moveId, tenantId, memberId, email: person.user.email, listed };
  return [{ ...row, oldLinkId: old.id, oldSubject: old.subject, ...stateFor(prospect) }];
}

function stateFor(
  prospect: Exclude<PreviewedMember['prospect'], { kind: 'already_linked' }>,
): Pick<MovingMember, 'state' | 'reason' | 'expectedSubject'> {
  if (prospect.kind === 'cannot') return { state: 'cannot', reason: prospect.reason };
  if (prospect.kind === 'follows_by_email') return { state: 'pending' };
  return { state: 'pending', expectedSubject: prospect.subject };
}

/** A mistyped ID would leave an administrator behind unnoticed. */
function refuseStrangers(members: readonly PreviewedMember[], administrators: readonly MemberId[]): void {
  const known = new Set(members.map(({ candidate }) => candidate.person.member.id));
  const stranger = administrators.find((id) => !known.has(id));
  if (stranger === undefined) return;
  throw new SsoError(
    'validation_failed',
    'Name only members in "administrators" who are linked through the connection that is left.',
    { want: 'IDs of owners and admins from the preview', got: stranger },
  );
}
