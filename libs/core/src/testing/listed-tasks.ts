import type { DeploymentHappening } from '../audit/deployment-happening';
import { Chance } from '../shared/chance';
import type { HandedTask } from '../tasks/handed-task';
import type { ClaimedTask, TaskKind } from '../tasks/task';
import { TaskStore, type Attempt, type ClaimTerms, type OpenedTask } from '../tasks/task-store';

/** One attempt, and what of it a test names. */
export function anOpenedTask<K extends TaskKind>(
  kind: K,
  given: Partial<OpenedTask<K>> & Pick<ClaimedTask<K>, 'id' | 'payload' | 'createdAt'>,
): OpenedTask<K> {
  const { id, payload, createdAt } = given;
  const attempt = given.attempt ?? 1;
  const read = () => ({ id, kind, payload, createdAt, attempts: attempt });
  return { ...{ id, kind, attempt, since: createdAt, tries: attempt, lost: 0, read }, ...given };
}

/** Hands out what it was given, and remembers what became of it. */
export class ListedTasks extends TaskStore {
  readonly finished: string[] = [];
  readonly kept: { id: string; error: string; againAt: Date }[] = [];
  readonly dead: { id: string; error: string; because: DeploymentHappening }[] = [];
  readonly returned: string[] = [];
  readonly asked: ClaimTerms[] = [];

  constructor(readonly waiting: OpenedTask[]) {
    super();
  }

  add = async (): Promise<void> => undefined;

  async claimAnywhere(kind: TaskKind, terms: ClaimTerms): Promise<HandedTask[]> {
    this.asked.push(terms);
    const taken = this.waiting.filter((task) => task.kind === kind).slice(0, terms.most);
    return taken.map(({ id, attempt }) => ({ id, kind, attempt }));
  }

  async takeBack(handed: readonly Attempt[]): Promise<void> {
    this.returned.push(...handed.map(({ id }) => id));
  }

  async open({ id, attempt }: Attempt): Promise<OpenedTask | undefined> {
    const at = this.waiting.findIndex((task) => task.id === id && task.attempt === attempt);
    return at < 0 ? undefined : this.waiting.splice(at, 1)[0];
  }

  async done(id: string): Promise<void> {
    this.finished.push(id);
  }

  async failed({ id }: Attempt, error: string, againAt: Date): Promise<void> {
    this.kept.push({ id, error, againAt });
  }

  async gaveUp({ id }: Attempt, error: string, because: DeploymentHappening): Promise<boolean> {
    this.dead.push({ id, error, because });
    return true;
  }
}

/** Always the same octet. */
export class SteadyChance extends Chance {
  constructor(private readonly octet = 0) {
    super();
  }

  bytes(count: number): Uint8Array {
    return new Uint8Array(count).fill(this.octet);
  }
}
