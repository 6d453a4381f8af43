import { noRedisReason } from '@gatehouse/core-queue/testing';
import { runKillTest, type KillTest } from './chaos/kill-test';

// The long form, with a thousand letters and as many kills as it takes: npm run chaos:worker.
const shortForm: Omit<KillTest, 'seed' | 'onRedis' | 'tell'> = {
  ...{ mails: 60, organisations: 3, certificateOwners: 3, domains: 20 },
  ...{ workers: 2, servers: 1, restMs: [300, 1_500], hesitationMs: 300, longestMs: 150_000 },
};

const places = [
  { where: 'in PostgreSQL', onRedis: false },
  ...(noRedisReason === undefined ? [{ where: 'in Redis', onRedis: true }] : []),
];
if (noRedisReason !== undefined) process.stderr.write(`Nothing is killed on Redis: ${noRedisReason}\n`);

describe('a fleet of which everything is killed, stalled and restarted', () => {
  it.each(places)(
    'loses no letter and no notice, sends none under two keys, and lapses no domain by a fault, with its queues $where [WRK-2] [WRK-3] [LNK-2] [CRT-2] [DOM-8]',
    async ({ onRedis }) => {
      const told: string[] = [];
      const seed = Date.now() % 2 ** 31;
      const tell = (line: string) => void told.push(line);
      const { violations } = await runKillTest({ ...shortForm, seed, onRedis, tell });
      expect({ seed, violations, told: violations.length > 0 ? told : [] }).toEqual({
        ...{ seed, violations: [], told: [] },
      });
    },
    300_000,
  );
});
