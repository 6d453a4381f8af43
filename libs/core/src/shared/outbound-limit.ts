import type { TenantId } from './ids';
import type { RateLimit, RateLimits } from './rate-limits';
import { SsoError } from './sso-error';

/** For a tenant: what it has us look at may be anybody's, who must not be overrun in our name. */
const looks: RateLimit = { name: 'outbound-looks', most: 60, windowMs: 10 * 60_000 };

/** Counts a look that somebody asks for at a domain or an address of the tenant's choice; throws `rate_limited`. */
export async function takeOutboundLook(limits: RateLimits, tenant: TenantId, now: Date): Promise<void> {
  const verdict = await limits.take(looks, tenant, now);
  if (verdict.kind === 'allowed') return;
  const { seconds } = verdict;
  const message = `Domains and metadata were looked at very often. DNS takes minutes to change: try again in ${seconds} s.`;
  throw new SsoError('rate_limited', message, { want: `at most ${looks.most} looks in 10 minutes`, seconds });
}
