import type { DeploymentHappening } from '../audit/deployment-happening';
import type { TenantId } from '../shared/ids';
import type { HandedTask } from './handed-task';
import type { ClaimedTask, Task, TaskKind } from './task';

/** How many tasks of a kind may be handed out at once, and for how long they are the queue's until a worker begins them. */
export interface ClaimTerms {
  readonly leaseMs: number;
  /** In all: what is handed out waits in one row, and whoever comes next waits behind it. */
  readonly most: number;
  /** Of one tenant: the rest of its work keeps nobody waiting. */
  readonly mostOfEach: number;
}

/** A task that this attempt, and no other, is to do. */
export interface OpenedTask<K extends TaskKind = TaskKind> {
  readonly id: Task['id'];
  readonly kind: K;
  readonly tenantId?: TenantId;
  readonly attempt: number;
  /** Since when somebody wants it done: it was written then, or taken out of the dead letters. */
  readonly since: Date;
  /** How often it was handed out since, this time included. */
  readonly tries: number;
  /** How many workers in a row had it in hand and were never heard of again. */
  readonly lost: number;
  /** Throws where the key that sealed it is not in the ring (any more). */
  read(): ClaimedTask<K>;
}

/** Which attempt at which task: what is told of an attempt that is over by now changes nothing. */
export type Attempt = Pick<HandedTask, 'id' | 'attempt'>;

/** Work that the stores wrote in the transactions of its causes, whosever it is. */
export abstract class TaskStore {
  /** For work whose cause is known by its event alone; one that is there already stays as it is. */
  abstract add(tenantId: TenantId, task: Task): Promise<void>;
  /**
   * Crosses tenants: tasks of a kind that are due, of each tenant in turn, for this caller alone. What is neither done nor
   * failed when the lease runs out falls due again, as another attempt.
   */
  abstract claimAnywhere(kind: TaskKind, terms: ClaimTerms, now: Date): Promise<HandedTask[]>;
  /** Takes back what the queue did not accept, as if it had not been claimed. */
  abstract takeBack(handed: readonly Attempt[], now: Date): Promise<void>;
  /** Absent where the attempt is over: the task is done, its lease ran out, or another worker had the same attempt. */
  abstract open(attempt: Attempt, leaseMs: number, now: Date): Promise<OpenedTask | undefined>;
  /** Forgets it, and what stands in it; also when another attempt is under way. */
  abstract done(id: Task['id']): Promise<void>;
  /** Keeps it for another attempt. */
  abstract failed(attempt: Attempt, error: string, againAt: Date): Promise<void>;
  /** Puts it with the dead letters and records that; false where the attempt is over. */
  abstract gaveUp(attempt: Attempt, error: string, because: DeploymentHappening): Promise<boolean>;
}
