import { EntitySchema } from 'typeorm';
import { integer, key, named, time } from '../column';

export const rateLimitEntity = new EntitySchema({
  name: 'RateLimit',
  tableName: 'rate_limits',
  columns: { key, spentUntil: named('spent_until', time), refused: integer },
  indices: [{ name: 'rate_limits_spent', columns: ['spentUntil'] }],
});

export const signInTriesEntity = new EntitySchema({
  name: 'SignInTries',
  tableName: 'sign_in_tries',
  columns: { key, tries: integer, nextAt: named('next_at', time), expiresAt: named('expires_at', time) },
  indices: [{ name: 'sign_in_tries_expiry', columns: ['expiresAt'] }],
});
