import {
  mailId,
  MailStore,
  type Chance,
  type DeploymentHappening,
  type DueMail,
  type KeyRing,
  type MailId,
  type MailQueueState,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { inDeployment } from '../deployment-transaction';
import type { Row } from '../row';
import { rowsOf } from '../transaction';
import { openMail } from './mail.row';

// A claim puts the row off: where a worker dies holding it, it falls due again by itself.
const claim = `UPDATE mails SET due_at = $2::timestamptz + interval '10 minutes', attempts = attempts + 1
  WHERE id IN (SELECT id FROM mails WHERE due_at <= $2 ORDER BY due_at, id LIMIT $1 FOR UPDATE SKIP LOCKED)
  RETURNING id, sealed, created_at, attempts`;

const countWaiting = `SELECT count(*)::integer AS waiting, count(last_error)::integer AS failing, min(created_at) AS oldest_at,
    (SELECT last_error FROM mails WHERE last_error IS NOT NULL ORDER BY due_at DESC, id DESC LIMIT 1) AS last_error
  FROM mails`;

export class PostgresMailStore extends MailStore {
  constructor(
    private readonly database: DataSource,
    private readonly keyRing: KeyRing,
    private readonly chance: Chance,
  ) {
    super();
  }

  async claimAnywhere(limit: number, now: Date): Promise<DueMail[]> {
    const claimed = (await rowsOf(this.database, claim, [limit, now])).map((row) => this.#read(row));
    return claimed.sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  async delivered(id: MailId): Promise<void> {
    await rowsOf(this.database, 'DELETE FROM mails WHERE id = $1', [id]);
  }

  async failed(id: MailId, error: string, againAt: Date): Promise<void> {
    const sql = 'UPDATE mails SET last_error = $2, due_at = $3 WHERE id = $1';
    await rowsOf(this.database, sql, [id, error, againAt]);
  }

  async givenUp(id: MailId, because: DeploymentHappening): Promise<void> {
    await inDeployment(this.database, async (transaction) => {
      const gone = await transaction.rows('DELETE FROM mails WHERE id = $1 RETURNING id', [id]);
      await transaction.note(because, this.chance);
      return gone.length === 1;
    });
  }

  async state(): Promise<MailQueueState> {
    const [row] = await rowsOf(this.database, countWaiting);
    const oldestAt = row?.optionalDate('oldest_at');
    const lastError = row?.optionalText('last_error');
    return {
      waiting: row?.integer('waiting') ?? 0,
      failing: row?.integer('failing') ?? 0,
      ...(oldestAt && { oldestAt }),
      ...(lastError !== undefined && { lastError }),
    };
  }

  #read(row: Row): DueMail {
    const [id, createdAt, sealed] = [row.id('id', mailId), row.date('created_at'), row.text('sealed')];
    return {
      id,
      createdAt,
      attempts: row.integer('attempts'),
      open: () => openMail({ id, createdAt }, sealed, this.keyRing),
    };
  }
}
