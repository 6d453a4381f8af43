import { parseArgs } from 'node:util';
import {
  mailId,
  ReplayTasks,
  SystemChance,
  SystemClock,
  taskId,
  taskKinds,
  type Actor,
  type DeadLetters,
  type Page,
  type Task,
  type TaskKind,
} from '@gatehouse/core';
import { openDatabase, PostgresDeadLetters } from '@gatehouse/core-postgres';
import { describeDeadLetter, describeStates } from './describe-tasks';

const usage = `Use one of:
  list                          how it stands with each kind of task
  dead [--kind K] [--after ID]  the tasks that were given up, newest first, 50 at a time
  replay ID                     try one of them again
  replay --kind K               try all of a kind again
  replay --all                  try all of them again
Kinds: ${taskKinds.join(', ')}.`;

type Order =
  | { readonly do: 'list' }
  | { readonly do: 'dead'; readonly kind?: TaskKind; readonly page: Page }
  | { readonly do: 'replay'; readonly id: Task['id'] }
  | { readonly do: 'replay-all'; readonly kind?: TaskKind };

const most = 50;
const operator: Actor = { kind: 'operator' };

/** Does what the arguments say; answers with what to print. Throws where they make no sense, or there is no such task. */
export async function runTasksCommand(
  args: readonly string[],
  { databaseUrl }: { readonly databaseUrl: string },
): Promise<string> {
  const order = readOrder(args);
  const database = await openDatabase({ url: databaseUrl, poolSize: 1 });
  try {
    return await follow(order, new PostgresDeadLetters(database, new SystemChance()));
  } finally {
    await database.destroy();
  }
}

async function follow(order: Order, letters: DeadLetters): Promise<string> {
  const clock = new SystemClock();
  const replays = new ReplayTasks(letters, clock);
  switch (order.do) {
    case 'list':
      return describeStates(await letters.statesAnywhere(clock.now()));
    case 'dead':
      return listDead(order, letters);
    case 'replay':
      await replays.one(order.id, operator);
      return `${order.id} is tried again.`;
    case 'replay-all':
      return `${await replays.all(order.kind, operator)} tasks are tried again.`;
  }
}

async function listDead(
  { kind, page }: Extract<Order, { do: 'dead' }>,
  letters: DeadLetters,
): Promise<string> {
  const dead = await letters.listAnywhere(kind ? { kind } : {}, page);
  const lines = dead.map(describeDeadLetter);
  const last = dead.at(-1);
  if (!last) return 'There are none.';
  const more = dead.length === page.limit ? [`There may be more: --after ${last.id}`] : [];
  return [...lines, ...more].join('\n');
}

function readOrder(args: readonly string[]): Order {
  const order = understood(args);
  if (order) return order;
  throw new Error(usage);
}

function understood(args: readonly string[]): Order | undefined {
  const { words, kind, after, all } = parse(args);
  const [verb, id, ...tooMany] = words;
  if (tooMany.length > 0) return undefined;
  const ofKind = kind === undefined ? {} : { kind };
  if (verb === 'replay' && id !== undefined)
    return kind || all ? undefined : { do: 'replay', id: readId(id) };
  if (verb === 'replay') return kind || all ? { do: 'replay-all', ...ofKind } : undefined;
  if (id !== undefined || all) return undefined;
  if (verb === 'dead')
    return { do: 'dead', ...ofKind, page: { limit: most, ...(after !== undefined && { after }) } };
  return verb === 'list' && !kind ? { do: 'list' } : undefined;
}

function parse(args: readonly string[]) {
  const string = { type: 'string' } as const;
  const options = { kind: string, after: string, all: { type: 'boolean' } } as const;
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const after = values.after === undefined ? undefined : readId(values.after);
    return { words: positionals, kind: readKind(values.kind), after, all: values.all === true };
  } catch (cause) {
    throw new Error(usage, { cause });
  }
}

function readKind(text: string | undefined): TaskKind | undefined {
  const kind = taskKinds.find((each) => each === text);
  if (text !== undefined && !kind) throw new Error(usage);
  return kind;
}

function readId(text: string): Task['id'] {
  return mailId.is(text) ? text : taskId.parse(text);
}
