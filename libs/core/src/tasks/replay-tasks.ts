import type { DeploymentHappening } from '../audit/deployment-happening';
import type { Actor } from '../audit/happening';
import type { Clock } from '../shared/clock';
import { SsoError } from '../shared/sso-error';
import type { DeadLetters } from './dead-letters';
import type { Task, TaskKind } from './task';

/** Takes tasks out of the dead letters: they are tried anew, and at once. */
export class ReplayTasks {
  constructor(
    private readonly letters: DeadLetters,
    private readonly clock: Clock,
  ) {}

  /** Throws `not_found`. */
  async one(id: Task['id'], actor: Actor): Promise<void> {
    if (await this.letters.replayAnywhere(id, this.#because(id, actor))) return;
    throw new SsoError('not_found', 'There is no such dead letter: it was replayed, or has been forgotten.', {
      got: id,
    });
  }

  /** All of a kind, or of every kind; answers how many. */
  all(kind: TaskKind | undefined, actor: Actor): Promise<number> {
    return this.letters.replayAllAnywhere(kind, this.#because(kind ?? 'every kind', actor));
  }

  #because(subject: string, actor: Actor): DeploymentHappening {
    return { type: 'task.replayed', at: this.clock.now(), actor, subject };
  }
}
