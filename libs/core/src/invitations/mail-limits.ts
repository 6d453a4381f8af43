import { emailKey } from '../members/member';
import type { RateLimit, RateLimits } from '../shared/rate-limits';
import { SsoError } from '../shared/sso-error';
import type { Invitation } from './invitation';

const hourMs = 60 * 60 * 1000;

/** Whoever does not want to be invited shall not be mailed the whole day, not even by revoking and inviting anew. */
const toOnePerson: RateLimit = { name: 'invitation-mails', most: 3, windowMs: hourMs };

/** Our mail server is nobody's way to write to strangers by the thousand. */
const ofOneTenant: RateLimit = { name: 'invitation-mails-of-tenant', most: 1000, windowMs: 24 * hourMs };

/** Counts one mail more; throws `rate_limited`. */
export async function takeMail(
  limits: RateLimits,
  { tenantId, email, sentAt }: Pick<Invitation, 'tenantId' | 'email' | 'sentAt'>,
): Promise<void> {
  const person = await limits.take(toOnePerson, `${tenantId} ${emailKey(email)}`, sentAt);
  if (person.kind === 'limited')
    throw tooMany('This person was mailed several times just now.', person.seconds);
  const tenant = await limits.take(ofOneTenant, tenantId, sentAt);
  if (tenant.kind === 'limited') throw tooMany('This tenant invited very many people today.', tenant.seconds);
}

function tooMany(what: string, seconds: number): SsoError {
  const minutes = Math.ceil(seconds / 60);
  const message = `${what} Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`;
  return new SsoError('rate_limited', message, { want: 'time between two mails', seconds });
}
