import { SsoError } from '@gatehouse/core';
import type { ConnectionSettings } from '@gatehouse/core';
import { parseXsDateTime } from '../xml/xs-date-time';

/** Now, and how far two clocks may differ. */
export interface Moment {
  readonly now: Date;
  readonly settings: Pick<ConnectionSettings, 'clockSkewSeconds'>;
}

/** SAML Core 2.5.1.2: the instant itself is inside the window. */
export function refuseBefore(text: string | undefined, what: string, moment: Moment): void {
  if (text === undefined) return;
  const notBefore = parseXsDateTime(text, what);
  if (moment.now.getTime() + skewOf(moment) >= notBefore.getTime()) return;
  const message = `${what} is in the future: set the identity provider's clock.`;
  throw new SsoError('saml_not_yet_valid', message, { want: moment.now.toISOString(), got: text });
}

/** SAML Core 2.5.1.2: the instant itself is outside the window. Answers with the end, if one was given. */
export function refuseFrom(
  text: string | undefined,
  what: string,
  moment: Moment,
  code: 'saml_expired' | 'saml_session_expired' = 'saml_expired',
): Date | undefined {
  if (text === undefined) return undefined;
  const notOnOrAfter = parseXsDateTime(text, what);
  if (moment.now.getTime() - skewOf(moment) < notOnOrAfter.getTime()) return notOnOrAfter;
  const message = `${what} is past: sign in again, and if it stays so, set the identity provider's clock.`;
  throw new SsoError(code, message, { want: moment.now.toISOString(), got: text });
}

function skewOf({ settings }: Moment): number {
  return settings.clockSkewSeconds * 1000;
}
