import { KeyRing, SystemChance, type OutgoingMail, type Task } from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { PostgresTaskStore } from '../tasks/task.store';

const all = { leaseMs: 600_000, most: 1000, mostOfEach: 1000 };

/** All letters that are due, oldest first: as if a worker had sent them. */
export async function takeMails(database: DataSource, keyRing: KeyRing, now: Date): Promise<OutgoingMail[]> {
  const store = new PostgresTaskStore(database, keyRing, new SystemChance());
  const mails: OutgoingMail[] = [];
  for (const handed of await store.claimAnywhere('send-mail', all, now)) {
    const opened = await store.open(handed, all.leaseMs, now);
    if (opened) mails.push(letterIn(opened.read().payload));
    await store.done(handed.id);
  }
  return mails.sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** Forgets all letters, whatever key sealed them and whenever they are due. */
export async function forgetMails(database: DataSource): Promise<void> {
  const chance = new SystemChance();
  const anyRing = new KeyRing([{ name: 'any', key: chance.bytes(32) }], chance);
  const store = new PostgresTaskStore(database, anyRing, chance);
  const atLast = new Date('2100-01-01T00:00:00Z');
  for (const { id } of await store.claimAnywhere('send-mail', all, atLast)) await store.done(id);
}

function letterIn(payload: Task['payload']): OutgoingMail {
  if ('message' in payload) return payload;
  throw new Error('This is no letter.');
}
