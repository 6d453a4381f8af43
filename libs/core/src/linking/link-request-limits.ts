import type { MemberId, TenantId } from '../shared/ids';
import type { RateLimit, RateLimits } from '../shared/rate-limits';
import { SsoError } from '../shared/sso-error';
import { isRequestOpen, type LinkRequest } from './link-request';

const minuteMs = 60 * 1000;

/** Two letters within minutes confuse: only the link of the newer one leads anywhere. */
const betweenMs = 5 * minuteMs;
const toOnePerson: RateLimit = { name: 'link-request-mails', most: 1, windowMs: betweenMs };
// Counted apart: whoever keeps a page asking must not keep the people of the tenant from sending a letter.
const fromOnePage: RateLimit = { name: 'link-request-mails-from-page', most: 1, windowMs: betweenMs };

/** Whoever can get a page to ask for somebody's link fills that mailbox no further than this in a day. */
const fromPages: RateLimit = { name: 'link-request-mails-from-pages', most: 5, windowMs: 24 * 60 * minuteMs };

const toEverybody: RateLimit = { name: 'link-requests-to-all', most: 1, windowMs: 60 * minuteMs };

/** Counts one letter to a member; throws `rate_limited`, which says when the next may go. */
export async function takeRequestTo(limits: RateLimits, member: MemberId, now: Date): Promise<void> {
  const verdict = await limits.take(toOnePerson, member, now);
  if (verdict.kind === 'limited') throw tooSoon('This member was sent a link just now.', verdict.seconds);
}

/** Counts a letter to all members who are not linked; throws `rate_limited`. */
export async function takeRequestToAll(limits: RateLimits, tenant: TenantId, now: Date): Promise<void> {
  const verdict = await limits.take(toEverybody, tenant, now);
  if (verdict.kind === 'limited')
    throw tooSoon('Everybody who is not linked was sent a link within the hour.', verdict.seconds);
}

/** Whether a page may have one more letter sent to this member, whose current request this is. */
export async function mayAskFromPage(
  limits: RateLimits,
  member: MemberId,
  current: LinkRequest | undefined,
  now: Date,
): Promise<boolean> {
  if (current && isRequestOpen(current, now) && now.getTime() - current.createdAt.getTime() < betweenMs)
    return false;
  const short = await limits.take(fromOnePage, member, now);
  if (short.kind === 'limited') return false;
  const long = await limits.take(fromPages, member, now);
  return long.kind === 'allowed';
}

function tooSoon(what: string, seconds: number): SsoError {
  const minutes = Math.ceil(seconds / 60);
  const message = `${what} Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`;
  return new SsoError('rate_limited', message, { want: 'time between two mails', seconds });
}
