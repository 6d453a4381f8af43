import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import { withoutSecrets } from '../mail/without-secrets';
import { gaveUpOn } from './gave-up';
import type { HandedTask } from './handed-task';
import { TaskHopeless, type ClaimedTask, type TaskHandlers, type TaskKind } from './task';
import { pauseAfter, taskRules, whyNotRun, type RulesOfTasks } from './task-rules';
import type { OpenedTask, TaskStore } from './task-store';

/** An attempt that came to nothing; the reason names no person and no link. */
export interface TaskFailure {
  readonly id: HandedTask['id'];
  readonly kind: TaskKind;
  readonly attempt: number;
  readonly reason: string;
  /** When it is tried again; absent where it went to the dead letters. */
  readonly againAt?: Date;
}

/** Does what the queue hands over: a task runs at least once, and comes out done, to be tried again, or dead. */
export class AttemptTask {
  constructor(
    private readonly store: TaskStore,
    private readonly handlers: TaskHandlers,
    private readonly clock: Clock,
    private readonly chance: Chance,
    private readonly report: (failure: TaskFailure) => void,
    private readonly rules: RulesOfTasks = taskRules,
  ) {}

  async run(handed: HandedTask): Promise<void> {
    const { leaseMs } = this.rules[handed.kind];
    const opened = await this.store.open(handed, leaseMs, this.clock.now());
    if (opened) await this.#attempt(opened);
  }

  async #attempt<K extends TaskKind>(opened: OpenedTask<K>): Promise<void> {
    const task = read(opened);
    try {
      await this.#do(opened, task);
    } catch (error) {
      return this.#keep(opened, task, error);
    }
    await this.store.done(opened.id);
  }

  async #do<K extends TaskKind>(opened: OpenedTask<K>, task: ClaimedTask<K> | Error): Promise<void> {
    if (task instanceof Error) throw task;
    const reason = whyNotRun(opened);
    if (reason !== undefined) throw new TaskHopeless(reason);
    await this.handlers[opened.kind].run(task);
  }

  async #keep<K extends TaskKind>(
    opened: OpenedTask<K>,
    task: ClaimedTask<K> | Error,
    error: unknown,
  ): Promise<void> {
    const now = this.clock.now();
    const reason = reasonOf(error);
    const isOver = now.getTime() - opened.since.getTime() >= this.rules[opened.kind].patienceMs;
    if (error instanceof TaskHopeless || isOver) return this.#giveUp(opened, task, reason);
    const againAt = new Date(now.getTime() + pauseAfter(opened.tries, this.chance));
    await this.store.failed(opened, reason, againAt);
    this.#tell(opened, reason, { againAt });
  }

  async #giveUp<K extends TaskKind>(
    opened: OpenedTask<K>,
    task: ClaimedTask<K> | Error,
    reason: string,
  ): Promise<void> {
    // Before it is dead: where the worker dies in between, the lease runs out and the handler is told again.
    if (!(task instanceof Error)) await this.#abandon(opened.kind, task, reason);
    const because = gaveUpOn(opened, task, reason, this.clock.now());
    if (await this.store.gaveUp(opened, reason, because)) this.#tell(opened, reason, {});
  }

  /** A handler that cannot be told keeps no task alive. */
  async #abandon<K extends TaskKind>(kind: K, task: ClaimedTask<K>, reason: string): Promise<void> {
    try {
      await this.handlers[kind].abandoned?.(task, reason);
    } catch (error) {
      const { id, attempts: attempt } = task;
      this.report({ id, kind, attempt, reason: `Nobody could be told: ${reasonOf(error)}` });
    }
  }

  #tell({ id, kind, attempt }: OpenedTask, reason: string, outcome: Pick<TaskFailure, 'againAt'>): void {
    this.report({ id, kind, attempt, reason, ...outcome });
  }
}

function read<K extends TaskKind>(opened: OpenedTask<K>): ClaimedTask<K> | Error {
  try {
    return opened.read();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function reasonOf(error: unknown): string {
  return withoutSecrets(error instanceof Error ? error.message : String(error));
}
