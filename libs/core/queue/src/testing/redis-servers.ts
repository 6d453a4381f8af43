import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { RedisAddress } from '../redis-address';

const host = '127.0.0.1';
const program = (process.env['PATH'] ?? '')
  .split(delimiter)
  .flatMap((folder) => ['redis-server', 'valkey-server'].map((name) => join(folder, name)))
  .find((path) => existsSync(path));

/** Why there can be no tests on Redis here; absent when there can. */
export const noRedisReason =
  program === undefined ? 'there is no redis-server here: install it (Debian: redis-server)' : undefined;

/** A real server of its own data, that keeps nothing and ends with the tests, however they end. */
export class RedisServer {
  readonly #folder = mkdtempSync(join(tmpdir(), 'gatehouse-redis-'));
  #process: ChildProcess | undefined;

  constructor(
    readonly port: number,
    private readonly options: readonly string[] = [],
  ) {}

  async start(): Promise<this> {
    const common = ['--port', String(this.port), '--bind', host, '--save', '', '--dir', this.#folder];
    await this.#launch([...common, ...this.options]);
    return this;
  }

  async startSentinelOf(master: number): Promise<this> {
    const file = join(this.#folder, 'sentinel.conf');
    const watch = `sentinel monitor main ${host} ${master} 1\nsentinel down-after-milliseconds main 500`;
    writeFileSync(
      file,
      `port ${this.port}\nbind ${host}\ndir ${this.#folder}\n${watch}\nsentinel failover-timeout main 3000\n`,
    );
    await this.#launch([file, '--sentinel']);
    return this;
  }

  /** Asks it something, over a connection of its own. */
  async ask(command: string, ...values: (string | number)[]): Promise<unknown> {
    const client = new Redis({ host, port: this.port, lazyConnect: true, retryStrategy: () => null });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await client.call(command, ...values);
    } finally {
      client.disconnect();
    }
  }

  /** At once and with nothing kept, as if its machine had lost its power. */
  async kill(): Promise<void> {
    const ended = this.#process;
    this.#process = undefined;
    if (ended === undefined) return;
    ended.stdin?.end();
    if (ended.exitCode === null) await once(ended, 'exit');
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** The shell ends the server when its input ends: when we end it, or die ourselves. */
  async #launch(args: readonly string[]): Promise<void> {
    const script = '"$@" >server.log 2>&1 & server=$!; cat >/dev/null; kill -9 $server; wait $server';
    this.#process = spawn('sh', ['-c', script, 'sh', program ?? '', ...args], {
      ...{ cwd: this.#folder, stdio: ['pipe', 'ignore', 'ignore'] },
    });
    for (const deadline = Date.now() + 10_000; ; await pause(30)) {
      if ((await this.ask('PING').catch(() => undefined)) === 'PONG') return;
      if (Date.now() > deadline) throw new Error(`The Redis on port ${this.port} did not start.`);
    }
  }
}

const single = (port: number): RedisAddress => ({
  ...{ kind: 'single', node: { host, port }, database: 0, login: {}, tls: false },
});

/** What a kind of Redis is made of, and where it is. */
export interface RedisSetting {
  readonly address: RedisAddress;
  readonly servers: readonly RedisServer[];
}

export async function startSingle(): Promise<RedisSetting> {
  const server = await new RedisServer(await freePort()).start();
  return { address: single(server.port), servers: [server] };
}

/** A master, its replica, and a Sentinel that makes the one take the place of the other. */
export async function startSentinel(): Promise<RedisSetting> {
  const master = await new RedisServer(await freePort()).start();
  const replica = await new RedisServer(await freePort(), [
    ...['--replicaof', `${host} ${master.port}`, '--repl-diskless-sync-delay', '0'],
  ]).start();
  const sentinel = await new RedisServer(await freePort()).startSentinelOf(master.port);
  await until(async () =>
    String(await sentinel.ask('SENTINEL', 'REPLICAS', 'main')).includes(`${replica.port}`),
  );
  const sentinels = [{ host, port: sentinel.port }];
  return {
    servers: [master, replica, sentinel],
    address: { kind: 'sentinel', sentinels, master: 'main', sentinelLogin: {}, login: {}, tls: false },
  };
}

/** Three masters that share the slots, so that the queues are on different ones. */
export async function startCluster(): Promise<RedisSetting> {
  const servers: RedisServer[] = [];
  const busPorts: number[] = [];
  for (let index = 0; index < 3; index += 1) {
    busPorts.push(await freePort());
    const options = ['--cluster-enabled', 'yes', '--cluster-port', String(busPorts[index])];
    servers.push(await new RedisServer(await freePort(), options).start());
  }
  for (const [index, server] of servers.entries()) {
    const from = index * 5462;
    await server.ask('CLUSTER', 'SET-CONFIG-EPOCH', index + 1);
    await server.ask('CLUSTER', 'ADDSLOTSRANGE', from, Math.min(16_383, from + 5461));
  }
  const [first] = servers;
  for (const [index, { port }] of servers.entries())
    if (index > 0) await first?.ask('CLUSTER', 'MEET', host, port, busPorts[index] ?? 0);
  for (const server of servers)
    await until(async () => {
      const [state, nodes] = [await server.ask('CLUSTER', 'INFO'), await server.ask('CLUSTER', 'NODES')];
      return String(state).includes('cluster_state:ok') && String(nodes).trim().split('\n').length === 3;
    });
  const nodes = servers.map(({ port }) => ({ host, port }));
  return { servers, address: { kind: 'cluster', nodes, login: {}, tls: false } };
}

export async function until(condition: () => boolean | Promise<boolean>, patienceMs = 20_000): Promise<void> {
  for (const deadline = Date.now() + patienceMs; !(await condition()); await pause(20))
    if (Date.now() > deadline) throw new Error('It did not come about in time.');
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}
