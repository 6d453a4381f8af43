import type { OutgoingMail } from '../mail/outgoing-mail';
import type { ConnectionId, MailId, TaskId, TenantId } from '../shared/ids';

interface OfConnection {
  readonly tenantId: TenantId;
  readonly connectionId: ConnectionId;
}

interface AskMembers extends OfConnection {
  /** Asks those anew whom a request of before this time reached. */
  readonly again?: Date;
}

/**
 * Every kind of work that must not be lost, and what it needs to know. It is written in the transaction of its cause, kept
 * in PostgreSQL until it is done, and handed to a worker by the queue.
 */
export interface TaskPayloads {
  readonly 'send-mail': OutgoingMail;
  /** Asks every member who can be linked, and is not, to do so (LNK-2). */
  readonly 'ask-members-to-link': AskMembers;
  /** Pulls the metadata of a connection again (CRT-4). */
  readonly 'refresh-metadata': OfConnection;
  /** Lets people of directories in, or out, who waited for something that has come. */
  readonly 'settle-people': { readonly tenantId: TenantId };
}

export type TaskKind = keyof TaskPayloads;

const kinds: { readonly [K in TaskKind]: K } = {
  'send-mail': 'send-mail',
  'ask-members-to-link': 'ask-members-to-link',
  'refresh-metadata': 'refresh-metadata',
  'settle-people': 'settle-people',
};

export const taskKinds: readonly TaskKind[] = Object.values(kinds);

/** One piece of work. Handlers run it at least once, so they do nothing twice that a person would notice. */
export interface Task<K extends TaskKind = TaskKind> {
  /** The key of the work: the same at every attempt; a letter's own, which its mail server gets too. */
  readonly id: TaskId | MailId;
  readonly kind: K;
  readonly payload: TaskPayloads[K];
  readonly createdAt: Date;
  /** Not to be begun before; at once where nothing is said. */
  readonly dueAt?: Date;
}

/** A task that a worker has in hand. */
export interface ClaimedTask<K extends TaskKind = TaskKind> extends Task<K> {
  /** Whose it is; absent where it is the deployment's. */
  readonly tenantId?: TenantId;
  /** How often it was handed out, this time included. */
  readonly attempts: number;
}

/** Thrown by a handler: another attempt would end the same, and the task goes to the dead letters at once. */
export class TaskHopeless extends Error {
  override readonly name = 'TaskHopeless';
}

/** What a worker does for one kind of work; an exception makes it try again later. */
export interface TaskHandler<K extends TaskKind> {
  run(task: ClaimedTask<K>): Promise<void>;
  /** Is told that the task went to the dead letters, and why. */
  abandoned?(task: ClaimedTask<K>, reason: string): Promise<void>;
}

export type TaskHandlers = { readonly [K in TaskKind]: TaskHandler<K> };
