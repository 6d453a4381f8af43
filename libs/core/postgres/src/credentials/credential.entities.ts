import { EntitySchema } from 'typeorm';
import { createdColumn, flag, integer, json, key, named, optional, text, time } from '../column';

const ofUser = (table: string) => [
  { name: `${table}_user_fk`, target: 'User', columnNames: ['userId'], referencedColumnNames: ['id'] },
];

export const passwordEntity = new EntitySchema({
  name: 'Password',
  tableName: 'passwords',
  columns: { userId: named('user_id', key), hash: text, changedAt: named('changed_at', time) },
  foreignKeys: ofUser('passwords'),
});

export const totpSecretEntity = new EntitySchema({
  name: 'TotpSecret',
  tableName: 'totp_secrets',
  columns: {
    userId: named('user_id', key),
    sealedSecret: named('sealed_secret', text),
    lastStep: named('last_step', optional(integer)),
    offeredTo: named('offered_to', optional(text)),
    confirmedAt: named('confirmed_at', optional(time)),
    createdAt: createdColumn,
  },
  foreignKeys: ofUser('totp_secrets'),
});

export const passkeyEntity = new EntitySchema({
  name: 'Passkey',
  tableName: 'passkeys',
  columns: {
    id: key,
    userId: named('user_id', text),
    publicKey: named('public_key', text),
    counter: { type: 'bigint' },
    transports: json,
    label: text,
    backedUp: named('backed_up', flag),
    createdAt: createdColumn,
    lastUsedAt: named('last_used_at', optional(time)),
  },
  indices: [{ name: 'passkeys_user', columns: ['userId'] }],
  foreignKeys: ofUser('passkeys'),
});

export const recoveryCodeEntity = new EntitySchema({
  name: 'RecoveryCode',
  tableName: 'recovery_codes',
  columns: {
    userId: named('user_id', key),
    hash: key,
    createdAt: createdColumn,
    usedAt: named('used_at', optional(time)),
  },
  foreignKeys: ofUser('recovery_codes'),
});

export const passwordResetEntity = new EntitySchema({
  name: 'PasswordReset',
  tableName: 'password_resets',
  columns: {
    key,
    tokenHash: named('token_hash', text),
    userId: named('user_id', optional(text)),
    expiresAt: named('expires_at', time),
  },
  uniques: [{ name: 'password_resets_token', columns: ['tokenHash'] }],
  indices: [
    { name: 'password_resets_user', columns: ['userId'] },
    { name: 'password_resets_expiry', columns: ['expiresAt'] },
  ],
  foreignKeys: ofUser('password_resets'),
});

export const passkeyChallengeEntity = new EntitySchema({
  name: 'PasskeyChallenge',
  tableName: 'passkey_challenges',
  columns: {
    hash: key,
    purpose: text,
    askedOf: named('asked_of', text),
    expiresAt: named('expires_at', time),
  },
  indices: [{ name: 'passkey_challenges_expiry', columns: ['expiresAt'] }],
});
