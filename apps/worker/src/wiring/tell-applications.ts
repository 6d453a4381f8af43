import { TellApplications } from '@gatehouse/core';
import { GuardedPost } from '@gatehouse/core-network';
import { PostgresLogoutNotices, SigningKeyStore } from '@gatehouse/core-postgres';
import { SignedLogoutTokens } from '../logout-tokens';
import type { Parts } from './parts';

export function tellApplications({
  database,
  config: { publicUrl, allowedPrivateHosts },
  keyRing,
  clock,
  chance,
  log,
}: Parts): () => Promise<void> {
  const keys = new SigningKeyStore(database);
  const tokens = new SignedLogoutTokens(keys, keyRing, publicUrl, clock, chance);
  const post = new GuardedPost({ allowedPrivateHosts });
  const notices = new PostgresLogoutNotices(database);
  const logouts = new TellApplications(notices, tokens, post, clock, ({ notice, error }) => {
    const { sessionId, applicationId, attempts } = notice;
    log.warn({ logout: { sessionId, applicationId, attempts, error } }, 'an application was not told');
  });
  return () => logouts.run();
}
