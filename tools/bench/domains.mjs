// `npm run bench:domains`: a simulated day of the worker's looks at 1,000 and at 100,000 verified domains, one lookup in ten failing.
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { build } from '../runtime/build.mjs';
import { ensureDatabase } from '../runtime/database.mjs';
import { root } from '../runtime/root.mjs';
import { startBenchPostgres } from './bench-postgres.mjs';

const sizes = process.argv.slice(2).map(Number);
const counts = sizes.length > 0 ? sizes : [1_000, 100_000];
const mostTimesDearer = 1.5;

async function startDns() {
  const child = fork(join(root, 'tools/bench/domains-dns.mjs'));
  const [port] = await once(child, 'message');
  return { server: `127.0.0.1:${port}`, stop: () => child.disconnect() };
}

async function runDay(count, postgres, dns) {
  const SUPERUSER_URL = await ensureDatabase(postgres.superuserUrl, `domains_${count}`);
  const env = {
    SUPERUSER_URL,
    DNS_SERVER: dns.server,
    POSTGRES_PID: String(postgres.pid),
    COUNT: String(count),
  };
  const child = spawn(process.execPath, [join(root, 'apps/worker/bench/check-domains.mjs')], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const chunks = [];
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  const [status] = await once(child, 'close');
  if (status !== 0) throw new Error(`The day of ${count} domains failed.`);
  return { count, ...JSON.parse(Buffer.concat(chunks).toString()) };
}

const rows = [
  ['looks (retries included)', (day) => day.looked],
  ['of these without an answer', (day) => day.faults],
  ['of these that found nothing', (day) => day.missing],
  ['misses that were doubted', (day) => day.doubted],
  ['still due at the end of the day', (day) => day.left],
  ['looks a second', (day) => day.looked / day.seconds],
  ['worker: processor, ms a look', (day) => (day.workerCpu * 1000) / day.looked],
  ['PostgreSQL: processor, ms a look', (day) => (day.cpu * 1000) / day.looked],
  ['both, ms a look', costOf],
  ['commits a look', (day) => day.commits / day.looked],
  ['write-ahead log, bytes a look', (day) => day.wal / day.looked],
  ['worker: memory at most, MiB', (day) => day.memory],
  ['the table and its indexes grew by, MiB', (day) => day.size / 1024 / 1024],
  ['a look at an empty calendar, ms', (day) => day.idle],
];

function costOf({ workerCpu, cpu, looked }) {
  return ((workerCpu + cpu) * 1000) / looked;
}

function shown(value) {
  if (Number.isInteger(value)) return value.toLocaleString('en');
  return value < 10 ? value.toFixed(2) : Math.round(value).toLocaleString('en');
}

function print(days) {
  const cells = (name, values) => `| ${name} | ${values.join(' | ')} |`;
  console.log(
    cells(
      'domains',
      days.map(({ count }) => count.toLocaleString('en')),
    ),
  );
  console.log(
    cells(
      '---',
      days.map(() => '---:'),
    ),
  );
  for (const [name, read] of rows)
    console.log(
      cells(
        name,
        days.map((day) => shown(read(day))),
      ),
    );
  console.log(
    `\nLoad of the machine, 1 and 5 minutes: ${loadavg()
      .slice(0, 2)
      .map((load) => load.toFixed(1))
      .join(', ')}`,
  );
}

await build();
const postgres = await startBenchPostgres();
const dns = await startDns();
try {
  const days = [];
  for (const count of counts) days.push(await runDay(count, postgres, dns));
  print(days);
  const [smallest, largest] = [days[0], days.at(-1)];
  const times = costOf(largest) / costOf(smallest);
  console.log(
    `A look at one of ${largest.count} costs ${times.toFixed(2)} times that at one of ${smallest.count}.`,
  );
  if (times > mostTimesDearer) process.exitCode = 1;
} finally {
  dns.stop();
  await postgres.stop();
}
