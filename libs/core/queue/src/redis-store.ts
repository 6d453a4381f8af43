import { createRedisBackend } from 'bullmq';
import { Cluster, Redis, type ClusterOptions, type RedisOptions } from 'ioredis';
import { messageOf, withinDeadline } from './deadline';
import { reportSeldom } from './faults';
import type { JobStore } from './job-store';
import { defaultDeadlineMs, deploymentName, type QueueConfig } from './queue-config';
import { describeRedis, type RedisAddress } from './redis-address';

type Client = Redis | Cluster;

/** One connection for all queues and workers of the process; each worker opens another, that waits for jobs, by itself. */
export async function openRedisStore(config: QueueConfig, address: RedisAddress): Promise<JobStore> {
  const client = connect(address);
  client.on('error', reportSeldom(config.onError));
  await reached(client, address, config.deadlineMs ?? defaultDeadlineMs);
  // What stands in braces decides on the node of a Cluster: all keys of a queue are on one, and the queues on several.
  const prefix = (queue: string) => `{${config.name ?? deploymentName}-${queue}}`;
  return {
    backend: (name, options, kind) => {
      const ours = { ...options, connection: client, prefix: prefix(name) };
      return createRedisBackend(name, ours, kind);
    },
    close: async () => client.disconnect(),
  };
}

function connect(address: RedisAddress): Client {
  const { login, tls } = address;
  // Null: a command waits for Redis to come back. BullMQ insists on it, for a worker that waits for jobs.
  const common = { ...login, maxRetriesPerRequest: null, keepAlive: 10_000, ...(tls && { tls: {} }) };
  if (address.kind === 'single') return new Redis({ ...common, ...address.node, db: address.database });
  if (address.kind === 'cluster') return new Cluster([...address.nodes], clusterOptions(common, tls));
  const { username, password } = address.sentinelLogin;
  return new Redis({
    ...common,
    sentinels: [...address.sentinels],
    name: address.master,
    ...(username !== undefined && { sentinelUsername: username }),
    ...(password !== undefined && { sentinelPassword: password }),
    ...(tls && { sentinelTLS: {}, enableTLSForSentinelMode: true }),
  });
}

function clusterOptions(redisOptions: RedisOptions, tls: boolean): ClusterOptions {
  return {
    redisOptions,
    slotsRefreshTimeout: 5_000,
    // A certificate names hosts: a node must be called by the name that the Cluster tells, not by an address.
    ...(tls && { dnsLookup: (address, callback) => callback(null, address) }),
  };
}

async function reached(client: Client, address: RedisAddress, deadlineMs: number): Promise<void> {
  let reason = 'it does not answer';
  const note = (error: Error) => void (reason = messageOf(error));
  client.on('error', note);
  try {
    await withinDeadline(ready(client), deadlineMs, 'Connecting');
  } catch (cause) {
    client.disconnect();
    throw new Error(`The queue cannot be reached, ${describeRedis(address)}: ${reason}`, { cause });
  } finally {
    client.off('error', note);
  }
}

function ready(client: Client): Promise<void> {
  return new Promise((resolve) => void client.once('ready', () => resolve()));
}
