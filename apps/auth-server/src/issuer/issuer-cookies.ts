import type { Config } from '../config';

/** `__Host-` binds a cookie to this very host (SES-6); browsers refuse it without https, as in development. */
export function describeCookies({ publicUrl, cookieKeys }: Config): Record<string, unknown> {
  const secure = publicUrl.startsWith('https:');
  const prefix = secure ? '__Host-gatehouse_' : 'gatehouse_';
  const options = { httpOnly: true, sameSite: 'lax', path: '/', secure };
  return {
    names: { session: `${prefix}session`, interaction: `${prefix}interaction`, resume: `${prefix}resume` },
    long: options,
    short: options,
    keys: cookieKeys,
  };
}
