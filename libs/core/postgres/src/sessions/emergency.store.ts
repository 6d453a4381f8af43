import {
  EmergencyStore,
  type Alarm,
  type Chance,
  type KeyRing,
  type Session,
  type TenantId,
  type WaitingFlow,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { proving } from '../enforcement/proven';
import { leaving, requireLeft } from '../login/leave-flow';
import { tellOwners } from '../mail/tell-owners';
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
      await tellOwners(transaction, letter, session.createdAt, this.chance, this.keyRing);
      if (waiting) await leave(transaction, session, waiting);
    });
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
