import type { RedisAddress, RedisLogin, RedisNode } from './redis-address';

type Shape = RedisAddress['kind'];
interface Parts {
  readonly login: RedisLogin;
  readonly hosts: readonly string[];
  readonly path: string;
  readonly query: URLSearchParams;
}

const shapes: Readonly<Record<string, { readonly kind: Shape; readonly tls: boolean }>> = {
  'redis:': { kind: 'single', tls: false },
  'rediss:': { kind: 'single', tls: true },
  'redis+sentinel:': { kind: 'sentinel', tls: false },
  'rediss+sentinel:': { kind: 'sentinel', tls: true },
  'redis+cluster:': { kind: 'cluster', tls: false },
  'rediss+cluster:': { kind: 'cluster', tls: true },
};

const form =
  'must be redis://host:6379, redis+sentinel://host1:26379,host2:26379/master-name or redis+cluster://host1:6379,host2:6379 ' +
  '(rediss… for TLS), or be left out to use PostgreSQL';

/** Reads `QUEUE_URL`; what it throws says what is wrong with it, and repeats no part of it: it may hold a password. */
export function parseQueueUrl(text: string): RedisAddress {
  const [, scheme = '', rest = ''] = /^([a-z+]+:)\/\/(.+)$/.exec(text.trim()) ?? [];
  const shape = Object.hasOwn(shapes, scheme) ? shapes[scheme] : undefined;
  if (!shape) throw new Error(form);
  const parts = split(rest);
  const server = { login: parts.login, tls: shape.tls };
  if (shape.kind === 'single') return { ...server, ...single(parts) };
  return shape.kind === 'sentinel' ? { ...server, ...sentinel(parts) } : { ...server, ...cluster(parts) };
}

function split(rest: string): Parts {
  const [, who = '', hosts = '', path = '', query = ''] =
    /^(?:([^@/?#]*)@)?([^@/?#]+)(?:\/([^?#/]*))?(?:\?([^#]*))?$/.exec(rest) ?? [];
  if (hosts === '')
    throw new Error(`${form}; a user or password with @ : / ? # in it must be percent-encoded`);
  const [username = '', ...password] = who.split(':');
  return {
    login: login(decode(username), decode(password.join(':'))),
    hosts: hosts.split(','),
    path: decode(path),
    query: new URLSearchParams(query),
  };
}

function single({ hosts, path, query }: Parts) {
  refuseOthers(query, []);
  const [host = '', ...more] = hosts;
  if (more.length > 0)
    throw new Error('names several hosts: begin it with redis+sentinel:// or redis+cluster://');
  if (!/^\d{0,3}$/.test(path))
    throw new Error('may end in the number of a database only, as in redis://host:6379/1');
  return { kind: 'single', node: node(host, 6379), database: Number(path) } as const;
}

function sentinel({ hosts, path, query }: Parts) {
  refuseOthers(query, ['sentinelUsername', 'sentinelPassword']);
  if (path === '')
    throw new Error(
      'must end in the name of the master that the Sentinels watch, as in …host2:26379/mymaster',
    );
  return {
    kind: 'sentinel',
    sentinels: hosts.map((host) => node(host, 26379)),
    master: path,
    sentinelLogin: login(query.get('sentinelUsername') ?? '', query.get('sentinelPassword') ?? ''),
  } as const;
}

function cluster({ hosts, path, query }: Parts) {
  refuseOthers(query, []);
  if (path !== '') throw new Error('must not name a database: a Redis Cluster has one only');
  return { kind: 'cluster', nodes: hosts.map((host) => node(host, 6379)) } as const;
}

function node(text: string, usualPort: number): RedisNode {
  const [, host, port] = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?$/i.exec(text) ?? [];
  const number = Number(port ?? usualPort);
  if (host === undefined || number < 1 || number > 65_535)
    throw new Error('has a host that is not of the form name or name:port, with a comma between several');
  return { host: host.replace(/^\[|\]$/g, ''), port: number };
}

function login(username: string, password: string): RedisLogin {
  return { ...(username !== '' && { username }), ...(password !== '' && { password }) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Error('has a % that is not followed by two hexadecimal digits');
  }
}

function refuseOthers(query: URLSearchParams, known: readonly string[]): void {
  if ([...query.keys()].every((key) => known.includes(key))) return;
  throw new Error(
    known.length === 0 ? 'must not have a query' : `knows no other query than ${known.join(' and ')}`,
  );
}
