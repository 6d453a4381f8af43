import {
  connectionId,
  mailId,
  tenantId,
  type KeyRing,
  type Task,
  type TaskKind,
  type TaskPayloads,
} from '@gatehouse/core';
import { openMail, sealMail } from '../mail/mail.row';
import { Row } from '../row';

type StoredAs = Pick<Task, 'createdAt'> & { readonly id: string; readonly payload: string };

type Readers = { readonly [K in TaskKind]: (stored: StoredAs, keyRing: KeyRing) => TaskPayloads[K] };

const readers: Readers = {
  'send-mail': ({ id, createdAt, payload }, keyRing) =>
    openMail({ id: mailId.parse(id), createdAt }, payload, keyRing),
  'ask-members-to-link': readAskMembers,
  'refresh-metadata': readOfConnection,
  'settle-people': ({ payload }) => ({
    tenantId: new Row(JSON.parse(payload)).id('tenantId', tenantId),
  }),
};

function readOfConnection({ payload }: StoredAs) {
  const row = new Row(JSON.parse(payload));
  return { tenantId: row.id('tenantId', tenantId), connectionId: row.id('connectionId', connectionId) };
}

function readAskMembers(stored: StoredAs) {
  const again = new Row(JSON.parse(stored.payload)).optionalDate('again');
  return { ...readOfConnection(stored), ...(again && { again }) };
}

/** A letter is sealed, for the one-time links in it; other work names rows only, and those by their IDs. */
export function writePayload(task: Task, keyRing: KeyRing): string {
  return isLetter(task) ? sealMail(task.payload, keyRing) : JSON.stringify(task.payload);
}

/** Throws where the key that sealed it is not in the ring (any more). */
export function readPayload<K extends TaskKind>(
  kind: K,
  stored: StoredAs,
  keyRing: KeyRing,
): TaskPayloads[K] {
  return readers[kind](stored, keyRing);
}

export function isTaskKind(value: string): value is TaskKind {
  return Object.hasOwn(readers, value);
}

function isLetter(task: Task): task is Task<'send-mail'> {
  return task.kind === 'send-mail';
}
