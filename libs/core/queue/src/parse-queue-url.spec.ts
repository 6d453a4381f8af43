import { describeRedis, parseQueueUrl } from './index';

describe('the address of the queue', () => {
  it.each([
    [
      'redis://queue.internal',
      {
        ...{ kind: 'single', tls: false, login: {} },
        ...{ node: { host: 'queue.internal', port: 6379 }, database: 0 },
      },
    ],
    [
      'rediss://me:p%40ss%3A@[::1]:6380/3',
      {
        ...{ kind: 'single', tls: true, login: { username: 'me', password: 'p@ss:' } },
        ...{ node: { host: '::1', port: 6380 }, database: 3 },
      },
    ],
    [
      'redis+sentinel://:secret@a:26380,b/mymaster?sentinelPassword=other',
      {
        ...{ kind: 'sentinel', tls: false, login: { password: 'secret' }, master: 'mymaster' },
        sentinels: [
          { host: 'a', port: 26380 },
          { host: 'b', port: 26379 },
        ],
        sentinelLogin: { password: 'other' },
      },
    ],
    [
      'rediss+cluster://me:secret@10.0.0.1:7000,10.0.0.2:7001',
      {
        ...{ kind: 'cluster', tls: true, login: { username: 'me', password: 'secret' } },
        nodes: [
          { host: '10.0.0.1', port: 7000 },
          { host: '10.0.0.2', port: 7001 },
        ],
      },
    ],
  ])('names a Redis, a Redis behind Sentinels or a Redis Cluster: %s [OPS-2]', (text, address) => {
    expect(parseQueueUrl(text)).toEqual(address);
  });

  it.each([
    ['http://queue:secret@host', 'must be redis://host:6379, redis+sentinel://'],
    ['constructor://host', 'must be redis://host:6379'],
    ['redis://', 'must be redis://host:6379'],
    ['redis://me:sec/ret@host', 'number of a database'],
    ['redis://me:sec/re/t@host', 'percent-encoded'],
    ['redis://me:secret@host#1', 'percent-encoded'],
    ['redis://me:secret%@host', 'two hexadecimal digits'],
    ['redis://me:secret@a,b', 'names several hosts'],
    ['redis://me:secret@host/main', 'number of a database'],
    ['redis://me:secret@host?family=6', 'must not have a query'],
    ['redis://me:secret@host:65536', 'name or name:port'],
    ['redis://me:secret@ho st', 'name or name:port'],
    ['redis+sentinel://me:secret@a,b', 'must end in the name of the master'],
    ['redis+sentinel://me:secret@a/master?password=secret', 'sentinelUsername and sentinelPassword'],
    ['redis+cluster://me:secret@a,b/2', 'must not name a database'],
    ['redis+cluster://me:secret@a,,b', 'name or name:port'],
  ])('is refused with what is wrong with it, and without its password: %s [OPS-3]', (text, reason) => {
    expect(() => parseQueueUrl(text)).toThrow(reason);
    expect(() => parseQueueUrl(text)).not.toThrow(/secret@|sec\/ret|:secret/);
  });

  it.each([
    ['redis://me:secret@host', 'Redis at host:6379'],
    ['redis+sentinel://me:secret@a,b/main', 'Redis "main" of the Sentinels at a:26379, b:26379'],
    ['redis+cluster://me:secret@a,b', 'the Redis Cluster at a:6379, b:6379'],
  ])('is described to people without its user and password: %s', (text, description) => {
    expect(describeRedis(parseQueueUrl(text))).toBe(description);
  });
});
