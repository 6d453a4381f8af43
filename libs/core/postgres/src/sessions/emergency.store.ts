import {
  EmergencyStore,
  mailId,
  type Alarm,
  type Chance,
  type KeyRing,
  type OutgoingMail,
  type Session,
  type TenantId,
  type WaitingFlow,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { proving } from '../enforcement/proven';
import { leaving, requireLeft } from '../login/leave-flow';
import { queueMail } from '../mail/queue-mail';
import { noteAll } from '../note-all';
import { inTenant, type TenantTransaction } from '../transaction';
import { insertingSession } from './insert-session';

export class PostgresEmergencyStore extends EmergencyStore {
  constructor(
    private readonly database: DataSource,
    private readonly chance: Chance,
    private readonly keyRing: KeyRing,
  ) {
    super();
  }

  open(
    tenantId: TenantId,
    session: Session,
    { because, letter, proves }: Alarm,
    waiting?: WaitingFlow,
  ): Promise<void> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const { sql, values } = insertingSession(session);
      await transaction.rows(sql, values);
      await noteAll(transaction, because, this.chance);
      if (proves) await transaction.rows(proving, [tenantId, session.memberId, session.authenticatedAt]);
      await this.#tellOwners(transaction, letter, session.createdAt);
      if (waiting) await leave(transaction, session, waiting);
    });
  }

  async #tellOwners(
    transaction: TenantTransaction,
    message: Alarm['letter'],
    createdAt: Date,
  ): Promise<void> {
    const owners = await transaction.rows(
      `SELECT u.email FROM members m JOIN users u ON u.id = m.user_id
       WHERE m.tenant_id = $1 AND m.role = 'owner' AND m.suspended_at IS NULL ORDER BY m.id`,
      [transaction.tenantId],
    );
    for (const owner of owners) {
      const id = mailId.create(createdAt, this.chance);
      const mail: OutgoingMail = { id, to: owner.text('email'), language: 'en', message, createdAt };
      await queueMail(transaction, mail, this.keyRing);
    }
  }
}

async function leave(
  transaction: TenantTransaction,
  { id: sessionId }: Session,
  { flowId, ticketHash }: WaitingFlow,
): Promise<void> {
  const { sql, values } = leaving(transaction.tenantId, flowId, { ticketHash, sessionId });
  requireLeft(flowId, await transaction.rows(sql, values));
}
