import type { Clock } from '../shared/clock';
import type { HandedTask } from './handed-task';
import { taskKinds, type TaskKind } from './task';
import { taskRules, termsOf, type RulesOfTasks } from './task-rules';
import type { TaskStore } from './task-store';

const rounds = 10;
const pauseMs = 90;

/**
 * Hands tasks that are due to the queue, and no more than workers will soon have done: what waits longer waits in the
 * database, where each tenant gets its turn. A run lasts as long as there is work, and ends before the next one begins.
 */
export class RelayTasks {
  constructor(
    private readonly store: TaskStore,
    private readonly hand: (tasks: readonly HandedTask[]) => Promise<void>,
    private readonly clock: Clock,
    private readonly pause: (ms: number) => Promise<unknown>,
    private readonly rules: RulesOfTasks = taskRules,
  ) {}

  async run(): Promise<void> {
    for (let round = 1; (await this.#relay()) > 0 && round < rounds; round++) await this.pause(pauseMs);
  }

  /** Kind by kind, so that none waits for another. */
  async #relay(): Promise<number> {
    let handed = 0;
    for (const kind of taskKinds) handed += await this.#relayKind(kind);
    return handed;
  }

  async #relayKind(kind: TaskKind): Promise<number> {
    const claimed = await this.store.claimAnywhere(kind, termsOf(this.rules[kind]), this.clock.now());
    if (claimed.length === 0) return 0;
    try {
      await this.hand(claimed);
    } catch (error) {
      await this.store.takeBack(claimed, this.clock.now());
      throw error;
    }
    return claimed.length;
  }
}
