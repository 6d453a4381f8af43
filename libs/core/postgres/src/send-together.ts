import { Client, Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver';

/** Sends everything at once, without waiting for an answer in between. */
type Sending<T> = (connection: Client) => Promise<T>;

interface Waiting {
  readonly send: Sending<void>;
  readonly fail: (cause: unknown) => void;
}

/** More would let too many wait for one another while other connections are idle. */
const mostTogether = 8;

const queues = new WeakMap<DataSource, Waiting[]>();

/**
 * What is asked for in one turn of the event loop, by whomever, leaves as one packet: on a busy server a system call costs
 * as much as what it carries. Each transaction in it is whole, so that nobody's failure is anybody else's.
 */
export function sendTogether<T>(database: DataSource, sending: Sending<T>): Promise<T> {
  const queue = queues.get(database) ?? [];
  queues.set(database, queue);
  return new Promise((resolve, reject) => {
    queue.push({ send: (connection) => sending(connection).then(resolve, reject), fail: reject });
    if (queue.length === 1) setImmediate(() => void depart(database, queue));
  });
}

/** Who comes while all connections are busy leaves with those who wait already. */
async function depart(database: DataSource, queue: Waiting[]): Promise<void> {
  try {
    await withConnection(database, async (connection) => {
      const leaving = queue.splice(0, mostTogether);
      if (queue.length > 0) void depart(database, queue);
      await Promise.all(atOnce(connection, () => leaving.map(({ send }) => send(connection))));
    });
  } catch (cause) {
    for (const { fail } of queue.splice(0)) fail(cause);
  }
}

/** By the pool itself: TypeORM's query runner announces each statement to subscribers, of which we have none. */
export async function withConnection<T>(
  { driver }: DataSource,
  work: (connection: Client) => Promise<T>,
): Promise<T> {
  const pool: unknown = driver instanceof PostgresDriver ? driver.master : undefined;
  if (!(pool instanceof Pool)) throw new Error('The database is not connected, or not by pg.');
  const connection = await pool.connect();
  connection.on('error', toldOtherwise);
  try {
    if (!(connection instanceof Client)) throw new Error('The pool holds something else than clients of pg.');
    return await work(connection);
  } finally {
    connection.off('error', toldOtherwise);
    connection.release();
  }
}

/** Everything under way on a lost connection is refused; without a listener the loss would end the process as well. */
function toldOtherwise(): void {}

/** What is sent meanwhile goes out as one packet. */
export function atOnce<T>({ connection: { stream } }: Client, send: () => T): T {
  stream.cork();
  try {
    return send();
  } finally {
    stream.uncork();
  }
}
