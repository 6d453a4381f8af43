export interface RedisNode {
  readonly host: string;
  readonly port: number;
}

export interface RedisLogin {
  readonly username?: string;
  readonly password?: string;
}

interface RedisServer {
  /** Who Gatehouse is to Redis. */
  readonly login: RedisLogin;
  readonly tls: boolean;
}

/** Where Redis or Valkey is, as `QUEUE_URL` names it. */
export type RedisAddress = RedisServer &
  (
    | { readonly kind: 'single'; readonly node: RedisNode; readonly database: number }
    | {
        readonly kind: 'sentinel';
        readonly sentinels: readonly RedisNode[];
        readonly master: string;
        /** Who Gatehouse is to the sentinels, where they ask. */
        readonly sentinelLogin: RedisLogin;
      }
    | { readonly kind: 'cluster'; readonly nodes: readonly RedisNode[] }
  );

/** For people: no user and no password. */
export function describeRedis(address: RedisAddress): string {
  const list = (nodes: readonly RedisNode[]) => nodes.map(({ host, port }) => `${host}:${port}`).join(', ');
  if (address.kind === 'single') return `Redis at ${list([address.node])}`;
  if (address.kind === 'cluster') return `the Redis Cluster at ${list(address.nodes)}`;
  return `Redis "${address.master}" of the Sentinels at ${list(address.sentinels)}`;
}
