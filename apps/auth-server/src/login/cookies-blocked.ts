import { SsoError } from '@gatehouse/core';

/** The browser was given a cookie a moment ago and came without any: it keeps none, or is another one (LOG-10). */
export function cookiesBlocked(): SsoError {
  return new SsoError(
    'cookies_blocked',
    'The browser was sent here with a cookie and came without it: allow cookies for this site, and start again.',
    { want: 'the cookie of the sign-in that was just begun', got: 'none' },
  );
}
