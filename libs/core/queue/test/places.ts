import { randomBytes } from 'node:crypto';
import { connect, createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { Client } from 'pg';
import type { QueueConfig } from '../src/index';
import {
  freePort,
  noRedisReason,
  startCluster,
  startSentinel,
  startSingle,
  type RedisSetting,
} from '../src/testing';

type Where = Pick<QueueConfig, 'databaseUrl' | 'redis' | 'name'>;

/** A kind of store, as the tests see it. */
export interface Place {
  /** An empty one, of its own. */
  fresh(): Promise<Where>;
  /** Gone from one moment to the next, and back; what comes back may be without its jobs. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

const postgres = process.env['GATEHOUSE_TEST_POSTGRES_URL'] ?? '';

/** PostgreSQL, behind a door that can be shut. */
async function postgresPlace(): Promise<Place> {
  const port = await freePort();
  const databases: string[] = [];
  const door = new Door(port, Number(new URL(postgres).port));
  await door.open();
  return {
    fresh: async () => {
      const name = `queue_${randomBytes(6).toString('hex')}`;
      databases.push(name);
      await onPostgres(`CREATE DATABASE ${name}`);
      return { databaseUrl: Object.assign(new URL(postgres), { port, pathname: `/${name}` }).href };
    },
    goAway: () => door.shut(),
    comeBack: () => door.open(),
    close: async () => {
      await door.shut();
      for (const name of databases) await onPostgres(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

async function onPostgres(sql: string): Promise<void> {
  const client = new Client({ connectionString: postgres });
  await client.connect();
  await client.query(sql);
  await client.end();
}

class Door {
  readonly #open = new Set<Socket>();
  #server = createServer();

  constructor(
    private readonly port: number,
    private readonly target: number,
  ) {}

  async open(): Promise<void> {
    this.#server = createServer((socket) => {
      const behind = connect(this.target, '127.0.0.1');
      for (const each of [socket, behind]) this.#hold(each, each === socket ? behind : socket);
    });
    this.#server.listen(this.port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  async shut(): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.close();
    for (const socket of this.#open) socket.destroy();
    await once(this.#server, 'close');
  }

  #hold(socket: Socket, other: Socket): void {
    this.#open.add(socket);
    socket.pipe(other);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#open.delete(socket);
      other.destroy();
    });
  }
}

/** A Redis, and which of its servers go away; nothing they held comes back with them. */
const redisPlace = (start: () => Promise<RedisSetting>, leaving: (count: number) => number[]) => async () => {
  const { address, servers } = await start();
  const gone = leaving(servers.length).flatMap((index) => servers[index] ?? []);
  const place: Place = {
    fresh: async () => ({
      ...{ databaseUrl: 'postgres://not-used', redis: address },
      name: `test-${randomBytes(6).toString('hex')}`,
    }),
    goAway: async () => void (await Promise.all(gone.map((server) => server.kill()))),
    comeBack: async () => void (await Promise.all(gone.map((server) => server.start()))),
    close: async () => void (await Promise.all(servers.map((server) => server.stop()))),
  };
  return place;
};

const all = (count: number) => Array.from({ length: count }, (_, index) => index);

export const places: readonly (readonly [name: string, start: () => Promise<Place>])[] = [
  ['PostgreSQL', postgresPlace],
  ...(noRedisReason === undefined
    ? ([
        ['one Redis', redisPlace(startSingle, all)],
        // The master dies, and comes back as the replica of the one that took its place.
        ['Redis behind Sentinels', redisPlace(startSentinel, () => [0])],
        ['a Redis Cluster', redisPlace(startCluster, all)],
      ] as const)
    : []),
];
