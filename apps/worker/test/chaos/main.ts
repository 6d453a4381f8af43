import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { runKillTest } from './kill-test';

const { values } = parseArgs({
  options: {
    mails: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    minutes: { type: 'string', default: '10' },
    redis: { type: 'boolean', default: false },
  },
});

async function main(): Promise<number> {
  const [mails, seed, minutes] = [Number(values.mails), Number(values.seed), Number(values.minutes)];
  if (![mails, seed, minutes].every((each) => Number.isFinite(each) && each > 0))
    throw new Error('Use it as: npm run chaos:worker -- [--mails 1000] [--seed n] [--minutes 10] [--redis]');
  process.stdout.write(
    `seed ${seed}, queues in ${values.redis ? 'Redis' : 'PostgreSQL'}, ${mails} link mails\n`,
  );
  const { figures, violations } = await runKillTest({
    ...{ mails, seed, onRedis: values.redis, organisations: 8, certificateOwners: 10, domains: 60 },
    ...{ workers: 3, servers: 2, restMs: [500, 4_000], hesitationMs: 400, longestMs: minutes * 60_000 },
    tell: (line) => process.stdout.write(`${(performance.now() / 1000).toFixed(1).padStart(7)} s  ${line}\n`),
  });
  for (const [what, count] of Object.entries(figures))
    process.stdout.write(`${String(count).padStart(7)}  ${what}\n`);
  for (const violation of violations) process.stdout.write(`VIOLATION  ${violation}\n`);
  process.stdout.write(
    violations.length === 0 ? 'Nothing was lost, and nothing done twice.\n' : 'It did not hold.\n',
  );
  return violations.length === 0 ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (cause: unknown) => {
    process.stderr.write(`${cause instanceof Error ? cause.stack : String(cause)}\n`);
    process.exit(2);
  },
);
