import { isStorable } from '../shared/clip';
import { memberId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import { emailKey } from './member';
import type { ListedMember, MemberPosition, MemberSort } from './member-list';

/** Where a list goes on behind this member, as a text that says nothing to whoever passes it back. */
export function writeCursor(
  { user, member }: Pick<ListedMember, 'user' | 'member'>,
  sort: MemberSort,
): string {
  const position = sort === 'email' ? [sort, member.id, emailKey(user.email)] : [sort, member.id];
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** Throws `validation_failed` for what is no cursor of a list in this order. */
export function readCursor(text: string, sort: MemberSort): MemberPosition {
  const [order, id, email] = partsOf(text);
  if (order === sort && memberId.is(id)) {
    if (sort === 'created') return { id };
    if (typeof email === 'string' && isStorable(email)) return { id, email };
  }
  throw new SsoError(
    'validation_failed',
    'Pass `next` of the slice before, with the same `sort`, as `after`.',
    {
      want: `a cursor of a list by "${sort}"`,
      got: text.slice(0, 80),
    },
  );
}

function partsOf(text: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
}
