import type { Config } from '../config';

/**
 * `__Host-` binds a cookie to this very host (SES-6); browsers refuse it without https, as in development. The names differ
 * from those of the SDK: browsers share the cookies of a host between its ports, and an application may well live beside us.
 */
export function describeCookies({ publicUrl, cookieKeys }: Config) {
  const secure = publicUrl.startsWith('https:');
  const prefix = secure ? '__Host-gatehouse_issuer_' : 'gatehouse_issuer_';
  const options = { httpOnly: true, sameSite: 'lax', path: '/', secure };
  return {
    names: { session: `${prefix}session`, interaction: `${prefix}interaction`, resume: `${prefix}resume` },
    long: options,
    short: options,
    keys: cookieKeys,
  };
}
