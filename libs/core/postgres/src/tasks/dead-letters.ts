import {
  DeadLetters,
  type Chance,
  type DeadLetter,
  type DeadLetterFilter,
  type DeploymentHappening,
  type Page,
  type Task,
  type TaskKind,
  type TaskState,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { inDeployment } from '../deployment-transaction';
import type { Row } from '../row';
import { rowsOf } from '../transaction';
import { ownerOf, readTaskId } from './task.store';

export class PostgresDeadLetters extends DeadLetters {
  constructor(
    private readonly database: DataSource,
    private readonly chance: Chance,
  ) {
    super();
  }

  async statesAnywhere(now: Date): Promise<TaskState[]> {
    return (await rowsOf(this.database, 'SELECT * FROM tasks_states($1)', [now])).map(readState);
  }

  async listAnywhere({ kind, tenantId }: DeadLetterFilter, { after, limit }: Page): Promise<DeadLetter[]> {
    const sql = 'SELECT * FROM tasks_dead_list($1, $2, $3, $4)';
    return (await rowsOf(this.database, sql, [kind, tenantId, after, limit])).map(readDead);
  }

  replayAnywhere(id: Task['id'], because: DeploymentHappening): Promise<boolean> {
    return inDeployment(this.database, async (transaction) => {
      const again = await transaction.rows('SELECT tasks_replay($1, $2)', [id, because.at]);
      await transaction.note(because, this.chance);
      return again.length === 1;
    });
  }

  async replayAllAnywhere(kind: TaskKind | undefined, because: DeploymentHappening): Promise<number> {
    let replayed = 0;
    await inDeployment(this.database, async (transaction) => {
      const sql = 'SELECT tasks_replay_all($1, $2) AS replayed';
      replayed = (await transaction.rows(sql, [kind, because.at]))[0]?.integer('replayed') ?? 0;
      await transaction.note({ ...because, data: { ...because.data, replayed } }, this.chance);
      return replayed > 0;
    });
    return replayed;
  }
}

function readState(row: Row): TaskState {
  const [oldestAt, lastError] = [row.optionalDate('oldest_at'), row.optionalText('last_error')];
  return {
    kind: row.text('kind'),
    waiting: row.integer('waiting'),
    underWay: row.integer('under_way'),
    retrying: row.integer('retrying'),
    dead: row.integer('dead'),
    ...(oldestAt && { oldestAt }),
    ...(lastError !== undefined && { lastError }),
  };
}

function readDead(row: Row): DeadLetter {
  return {
    id: readTaskId(row),
    kind: row.text('kind'),
    ...ownerOf(row),
    createdAt: row.date('created_at'),
    deadAt: row.date('dead_at'),
    attempts: row.integer('attempts'),
    reason: row.optionalText('last_error') ?? '',
  };
}
