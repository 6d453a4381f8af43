import {
  emailKey,
  MoveStore,
  type ArrivingIdentity,
  type CancelOutcome,
  type Chance,
  type ConnectionId,
  type FinishOutcome,
  type Happening,
  type Link,
  type Move,
  type MoveCandidate,
  type MoveCounts,
  type MoveId,
  type MovingMember,
  type MovingPerson,
  type Page,
  type TenantId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { announceEnded } from '../sessions/announce-ended';
import { inTenant, type TenantTransaction } from '../transaction';
import { closeMove, endSessionsOf, lockOpenMove, removeNewLinks, removeOldLinks } from './end-move';
import { moveCandidates, movingPeople, readCandidate, readMove, readMovingPerson } from './move.row';
import { settleRequests } from './link-account';
import { insertLink } from './write-link';
import { closeExpired, insertMove, insertMovingMembers, markFollowed } from './write-move';

export class PostgresMoveStore extends MoveStore {
  constructor(
    private readonly database: DataSource,
    private readonly chance: Chance,
  ) {
    super();
  }

  candidates(tenantId: TenantId, from: ConnectionId, to: ConnectionId): Promise<MoveCandidate[]> {
    return inTenant(this.database, tenantId, async (transaction) =>
      (await transaction.rows(moveCandidates, [tenantId, from, to])).map(readCandidate),
    );
  }

  takenSubjects(
    tenantId: TenantId,
    to: ConnectionId,
    issuer: string,
    subjects: readonly string[],
  ): Promise<ReadonlySet<string>> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const rows = await transaction.rows(
        'SELECT subject FROM links WHERE tenant_id = $1 AND connection_id = $2 AND issuer = $3 AND subject = ANY($4)',
        [tenantId, to, issuer, subjects],
      );
      return new Set(rows.map((row) => row.text('subject')));
    });
  }

  open(
    tenantId: TenantId,
    move: Move,
    members: readonly MovingMember[],
    because: Happening,
  ): Promise<'opened' | 'another-open'> {
    return inTenant(this.database, tenantId, async (transaction) => {
      await closeExpired(transaction, move);
      if (!(await insertMove(transaction, move))) return 'another-open';
      await insertMovingMembers(transaction, members);
      await transaction.note(because, this.chance);
      return 'opened';
    });
  }

  async find(tenantId: TenantId, to: ConnectionId, id: MoveId): Promise<Move | undefined> {
    return (await this.#moves(tenantId, to, 'AND id = $3', [id]))[0];
  }

  list(tenantId: TenantId, to: ConnectionId): Promise<Move[]> {
    return this.#moves(tenantId, to, 'ORDER BY id DESC', []);
  }

  count(tenantId: TenantId, id: MoveId): Promise<MoveCounts> {
    return inTenant(this.database, tenantId, (transaction) => countStates(transaction, id));
  }

  members(tenantId: TenantId, id: MoveId, { after, limit }: Page): Promise<MovingPerson[]> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const sql = `${movingPeople} AND v.id = $2 AND r.member_id > $3 ORDER BY r.member_id LIMIT $4`;
      return (await transaction.rows(sql, [tenantId, id, after ?? '', limit])).map(readMovingPerson);
    });
  }

  pendingFor(
    tenantId: TenantId,
    to: ConnectionId,
    { issuer, subject, email }: ArrivingIdentity,
    now: Date,
  ): Promise<MovingPerson[]> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const rows = await transaction.rows(
        `${movingPeople} AND v.to_connection_id = $2 AND v.state = 'open' AND v.expires_at > $3 AND v.issuer = $4
           AND r.state = 'pending' AND (r.expected_subject = $5 OR r.email_key = $6)`,
        [tenantId, to, now, issuer, subject, emailKey(email)],
      );
      return rows.map(readMovingPerson);
    });
  }

  follow(
    tenantId: TenantId,
    row: Pick<MovingMember, 'moveId' | 'memberId'>,
    link: Link,
    because: Happening,
  ): Promise<'followed' | 'gone'> {
    return inTenant(
      this.database,
      tenantId,
      async (transaction) => {
        if (!(await markFollowed(transaction, row, link))) return 'gone';
        if (!(await insertLink(transaction, link))) return 'gone';
        await settleRequests(transaction, link);
        await transaction.note(because, this.chance);
        return 'followed';
      },
      (outcome) => outcome === 'followed',
    );
  }

  finish(
    tenantId: TenantId,
    move: Pick<Move, 'id' | 'toConnectionId'>,
    confirmed: number,
    because: Happening,
  ): Promise<FinishOutcome> {
    return inTenant<FinishOutcome>(this.database, tenantId, async (transaction) => {
      const locked = await lockOpenMove(transaction, move);
      if (!locked) return { kind: 'not-open' };
      const counts = await countStates(transaction, move.id);
      if (counts.pending !== confirmed) return { kind: 'unconfirmed', pending: counts.pending };
      const linksRemoved = await removeOldLinks(transaction, locked);
      await closeMove(transaction, locked, 'finished', because.at);
      await this.#note(transaction, because, { ...counts, linksRemoved });
      return { kind: 'finished', linksRemoved };
    });
  }

  cancel(
    tenantId: TenantId,
    move: Pick<Move, 'id' | 'toConnectionId'>,
    undo: boolean,
    because: Happening,
  ): Promise<CancelOutcome> {
    return inTenant<CancelOutcome>(this.database, tenantId, async (transaction) => {
      const locked = await lockOpenMove(transaction, move);
      if (!locked) return { kind: 'not-open' };
      const users = undo ? await removeNewLinks(transaction, locked) : [];
      const ended = await endSessionsOf(transaction, users, locked, because.at);
      await closeMove(transaction, locked, 'cancelled', because.at);
      const counted = { linksRemoved: users.length, sessionsEnded: ended.length };
      await this.#note(transaction, because, counted);
      const data = { moveId: move.id, connectionId: move.toConnectionId };
      await announceEnded(transaction, ended, because, data, this.chance);
      return { kind: 'cancelled', ...counted };
    });
  }

  /** Adds what only the transaction could count. */
  #note(transaction: TenantTransaction, because: Happening, counted: object): Promise<void> {
    return transaction.note({ ...because, data: { ...because.data, ...counted } }, this.chance);
  }

  #moves(tenantId: TenantId, to: ConnectionId, rest: string, values: unknown[]): Promise<Move[]> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const sql = `SELECT * FROM moves WHERE tenant_id = $1 AND to_connection_id = $2 ${rest}`;
      return (await transaction.rows(sql, [tenantId, to, ...values])).map(readMove);
    });
  }
}

async function countStates(transaction: TenantTransaction, id: MoveId): Promise<MoveCounts> {
  const rows = await transaction.rows(
    'SELECT state, count(*)::integer AS members FROM moving_members WHERE tenant_id = $1 AND move_id = $2 GROUP BY state',
    [transaction.tenantId, id],
  );
  const counted = new Map(rows.map((row) => [row.text('state'), row.integer('members')]));
  const count = (state: string) => counted.get(state) ?? 0;
  return {
    pending: count('pending'),
    followed: count('followed'),
    cannot: count('cannot'),
    undone: count('undone'),
  };
}
