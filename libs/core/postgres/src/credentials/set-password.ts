import type { Chance, CredentialChange, KeyRing, PasswordChange, UserId } from '@gatehouse/core';
import type { DeploymentTransaction } from '../deployment-transaction';
import { queueMail } from '../mail/queue-mail';
import { rememberLanguage } from '../mail/reader-language';
import { endSessionsAnywhere } from './end-sessions-anywhere';

const setting = `
  INSERT INTO passwords (user_id, hash, changed_at) VALUES ($1, $2, $3)
  ON CONFLICT (user_id) DO UPDATE SET hash = excluded.hash, changed_at = excluded.changed_at`;

/** Within the transaction: the password first, whose row makes parallel changes wait, and then all that the old one opened. */
export async function setPassword(
  transaction: DeploymentTransaction,
  user: UserId,
  change: PasswordChange,
  keyRing: KeyRing,
  chance: Chance,
): Promise<void> {
  const { hash, changedAt: at, keep, because } = change;
  await transaction.rows(setting, [user, hash, at]);
  await transaction.rows('DELETE FROM local_sign_ins WHERE user_id = $1', [user]);
  await transaction.rows('DELETE FROM password_resets WHERE user_id = $1', [user]);
  const data = { reason: because.type };
  await endSessionsAnywhere(transaction, { user, keep, at, actor: because.actor, data }, chance);
  await announce(transaction, user, change, keyRing, chance);
}

/** The record of the change and word to the person. */
export async function announce(
  transaction: DeploymentTransaction,
  user: UserId,
  { because, mail }: CredentialChange,
  keyRing: KeyRing,
  chance: Chance,
): Promise<void> {
  await transaction.note(because, chance);
  const reader = await rememberLanguage(transaction, user, mail.language);
  await queueMail(transaction, { ...mail, ...reader }, keyRing);
}
