import type { Clock } from '@gatehouse/core';
import type { OidcContext } from 'oidc-provider';
import { accountOf, seconds } from './live-account';

const minute = 60;
const day = 24 * 60 * minute;

/** Seconds that things live: nothing that stands for a session outlives it (SES-1). */
export function describeLifetimes(clock: Clock): Record<string, unknown> {
  const within = (most: number) => (context: OidcContext) => {
    const account = accountOf(context);
    const left = account ? seconds(account.view.session.expiresAt) - seconds(clock.now()) : most;
    return Math.max(1, Math.min(most, left));
  };
  return {
    AuthorizationCode: minute,
    AccessToken: within(10 * minute),
    IdToken: within(10 * minute),
    RefreshToken: within(day),
    Grant: within(day),
    Session: within(day),
    Interaction: 15 * minute,
  };
}
