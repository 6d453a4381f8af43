import { mailId, type Chance, type KeyRing, type MailMessage } from '@gatehouse/core';
import type { TenantTransaction } from '../transaction';
import { queueMail } from './queue-mail';
import { readerLanguage } from './reader-language';

const owners = `SELECT u.email, u.language FROM members m JOIN users u ON u.id = m.user_id
  WHERE m.tenant_id = $1 AND m.role = 'owner' AND m.suspended_at IS NULL ORDER BY m.id`;

/** A letter to every owner of the tenant who is not suspended, in the owner's language, in the transaction of its cause. */
export async function tellOwners(
  transaction: TenantTransaction,
  message: MailMessage,
  createdAt: Date,
  chance: Chance,
  keyRing: KeyRing,
): Promise<void> {
  for (const owner of await transaction.rows(owners, [transaction.tenantId])) {
    const letter = { id: mailId.create(createdAt, chance), to: owner.text('email'), message, createdAt };
    await queueMail(transaction, { ...letter, ...readerLanguage(owner) }, keyRing);
  }
}
