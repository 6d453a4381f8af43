import {
  mailId,
  taskId,
  TaskStore,
  tenantId,
  type Attempt,
  type Chance,
  type ClaimTerms,
  type DeploymentHappening,
  type HandedTask,
  type KeyRing,
  type OpenedTask,
  type Task,
  type TaskKind,
  type TenantId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { inDeployment } from '../deployment-transaction';
import type { Row } from '../row';
import { allInTenant, rowsOf } from '../transaction';
import { queueingTask } from './queue-task';
import { isTaskKind, readPayload } from './task.row';

// How many tenants with work one claim looks at: some milliseconds. Where more have some, the next claim goes on from there.
const longestWalk = 5000;

const claiming = `SELECT id, tenant_id, attempts FROM tasks_claim($1, $2, make_interval(secs => $3), $4, $5, $6)`;
const opening = `SELECT * FROM tasks_open($1, $2, $3, make_interval(secs => $4))`;

/** Reaches what waits by functions of the owner only: the application's role may write tasks, and neither read nor end them. */
export class PostgresTaskStore extends TaskStore {
  constructor(
    private readonly database: DataSource,
    private readonly keyRing: KeyRing,
    private readonly chance: Chance,
  ) {
    super();
  }

  async add(tenant: TenantId, task: Task): Promise<void> {
    await allInTenant(this.database, tenant, [queueingTask(task, this.keyRing)]);
  }

  async claimAnywhere(
    kind: TaskKind,
    { leaseMs, most, mostOfEach }: ClaimTerms,
    now: Date,
  ): Promise<HandedTask[]> {
    const values = [kind, now, leaseMs / 1000, most, mostOfEach, longestWalk];
    const rows = await rowsOf(this.database, claiming, values);
    return rows.map((row) => readHanded(kind, row));
  }

  async takeBack(handed: readonly Attempt[], now: Date): Promise<void> {
    const [ids, attempts] = [handed.map(({ id }) => id), handed.map(({ attempt }) => attempt)];
    await rowsOf(this.database, 'SELECT tasks_take_back($1, $2, $3)', [ids, attempts, now]);
  }

  async open(attempt: Attempt, leaseMs: number, now: Date): Promise<OpenedTask | undefined> {
    const values = [attempt.id, attempt.attempt, now, leaseMs / 1000];
    const [row] = await rowsOf(this.database, opening, values);
    return row && this.#readOpened(attempt, row);
  }

  async done(id: Task['id']): Promise<void> {
    await rowsOf(this.database, 'SELECT tasks_done($1)', [id]);
  }

  async failed({ id, attempt }: Attempt, error: string, againAt: Date): Promise<void> {
    await rowsOf(this.database, 'SELECT tasks_failed($1, $2, $3, $4)', [id, attempt, error, againAt]);
  }

  async gaveUp({ id, attempt }: Attempt, error: string, because: DeploymentHappening): Promise<boolean> {
    return inDeployment(this.database, async (transaction) => {
      const values = [id, attempt, error, because.at];
      const gone = await transaction.rows('SELECT tasks_gave_up($1, $2, $3, $4)', values);
      await transaction.note(because, this.chance);
      return gone.length === 1;
    });
  }

  #readOpened({ id, attempt }: Attempt, row: Row): OpenedTask {
    const [kind, createdAt, payload] = [readKind(row), row.date('created_at'), row.text('payload')];
    const of = { id, kind, ...ownerOf(row) };
    const stored = { id, createdAt, payload };
    return {
      ...of,
      attempt,
      since: row.date('since'),
      tries: row.integer('tries'),
      lost: row.integer('lost'),
      read: () => ({
        ...of,
        createdAt,
        attempts: attempt,
        payload: readPayload(kind, stored, this.keyRing),
      }),
    };
  }
}

/** The ID of any task, a letter's included. */
export function readTaskId(row: Row): Task['id'] {
  const id = row.text('id');
  return mailId.is(id) ? id : taskId.parse(id);
}

export function ownerOf(row: Row): { tenantId?: TenantId } {
  return row.optionalText('tenant_id') === undefined ? {} : { tenantId: row.id('tenant_id', tenantId) };
}

function readHanded(kind: TaskKind, row: Row): HandedTask {
  return { id: readTaskId(row), kind, attempt: row.integer('attempts'), ...ownerOf(row) };
}

function readKind(row: Row): TaskKind {
  const kind = row.text('kind');
  if (isTaskKind(kind)) return kind;
  throw new Error(`"${kind}" is no kind of task.`);
}
