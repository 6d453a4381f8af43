import { taskId, tenantId } from '@gatehouse/core';
import { renderOperatorSignIn } from '../../src/pages/operations/operator-sign-in-page';
import { renderQueuePage } from '../../src/pages/operations/queue-page';
import type { Reader } from '../../src/pages/reader';

const at = new Date('2026-03-01T12:00:00Z');
const digits = '01kbkrrt000000000000000001';

/** What the operators' pages insert into their texts; the longer ones first, as they have the shorter ones in them. */
export const insertedByOperations = {
  task: taskId.parse(`task_${digits}`),
  tenant: tenantId.parse(`ten_${digits}`),
  kind: 'refresh-metadata',
  queue: 'metadata',
  error: '‹getaddrinfo ENOTFOUND idp.acme.example›',
} as const;

const { task: id, tenant, kind, error } = insertedByOperations;
const none = { waiting: 0, underWay: 0, retrying: 0, dead: 0 };

export function operationsPagesFor(reader: Reader): Readonly<Record<string, string>> {
  const letter = { id, kind, createdAt: at, deadAt: at, attempts: 9, reason: error };
  const states = [
    { ...none, kind, waiting: 12_000, retrying: 3, dead: 2, oldestAt: at, lastError: error },
    { ...none, kind, dead: 1 },
  ];
  return {
    'operator-sign-in': renderOperatorSignIn(reader),
    'operator-key-wrong': renderOperatorSignIn(reader, {
      field: 'key',
      text: reader.texts.operations.keyWrong,
    }),
    queues: renderQueuePage(reader, {
      states,
      dead: [{ ...letter, tenantId: tenant }, letter],
      next: id,
      replayed: 2,
    }),
    'queues-empty': renderQueuePage(reader, { states: [], dead: [] }),
  };
}
