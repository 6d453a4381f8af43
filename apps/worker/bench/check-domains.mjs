// One simulated day of the worker's looks at COUNT domains, for `npm run bench:domains`. Prints its figures as JSON.
import { CheckDomains, KeyRing, shippedProofs, SystemChance } from '@gatehouse/core';
import { GuardedFetch, NodeDnsResolver } from '@gatehouse/core-network';
import { migrate, openDatabase, PostgresDomainCheckStore } from '@gatehouse/core-postgres';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import pg from 'pg';
import { dayMs, seedDomains } from './seed-domains.mjs';

const { SUPERUSER_URL, DNS_SERVER, POSTGRES_PID, COUNT } = process.env;
const count = Number(COUNT);
const batch = 250;
const longestMs = 15 * 60_000;
const chance = new SystemChance();
const start = new Date('2026-03-01T00:00:00Z');

/** The processor's time of PostgreSQL and all that it started, in seconds. */
function postgresCpu() {
  const ticks = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(readStat)
    .filter((stat) => stat && (stat.pid === POSTGRES_PID || stat.parent === POSTGRES_PID));
  return ticks.reduce((sum, { used }) => sum + used, 0) / 100;
}

function readStat(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return { pid, parent: fields[1], used: Number(fields[11]) + Number(fields[12]) };
  } catch {
    return undefined;
  }
}

async function databaseFigures(superuser) {
  // PostgreSQL hands its statistics on within a second.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await superuser.query('SELECT pg_stat_clear_snapshot()');
  const { rows } = await superuser.query(
    `SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float AS wal, xact_commit::float AS commits,
       pg_total_relation_size('domains')::float AS size FROM pg_stat_database WHERE datname = current_database()`,
  );
  return { ...rows[0], cpu: postgresCpu() };
}

/** Steps of the day in each of which a batch falls due, whatever the number of domains: only that number differs. */
async function liveADay(checks, clock) {
  const steps = Math.ceil(count / batch);
  const end = performance.now() + longestMs;
  const sum = { looked: 0, faults: 0, missing: 0, doubted: 0, runs: 0 };
  for (let step = 1; step <= steps; step += 1) {
    clock.at = new Date(start.getTime() + (dayMs * step) / steps);
    const tally = await checks.run();
    for (const key of Object.keys(tally)) sum[key] += tally[key];
    sum.runs += 1;
    if (performance.now() > end) throw new Error('A day took more than 15 minutes.');
  }
  return sum;
}

/** What a look at an empty calendar costs: every ten seconds, day and night, however few domains there are. */
async function idleMs(store, now) {
  const before = performance.now();
  for (let tick = 0; tick < 200; tick += 1)
    if ((await store.claimAnywhere(batch, now, now)).length > 0) throw new Error('Something was due.');
  return (performance.now() - before) / 200;
}

async function main() {
  const superuser = new pg.Client({ connectionString: SUPERUSER_URL });
  await superuser.connect();
  const appPassword = randomBytes(16).toString('hex');
  await migrate({ ownerUrl: SUPERUSER_URL, appPassword });
  await seedDomains(superuser, count, start);
  const url = Object.assign(new URL(SUPERUSER_URL), {
    username: 'gatehouse_app',
    password: appPassword,
  }).href;
  const database = await openDatabase({ url, poolSize: 4, applicationName: 'bench' });
  const clock = { at: start, now: () => clock.at };
  const dns = new NodeDnsResolver({ servers: [DNS_SERVER] });
  const proofs = shippedProofs(dns, new GuardedFetch());
  const store = new PostgresDomainCheckStore(
    database,
    chance,
    new KeyRing([{ name: 'k', key: randomBytes(32) }], chance),
  );
  const report = (error) => {
    throw error;
  };
  const checks = new CheckDomains({ store, proofs, clock, chance, report });
  const [before, cpu, from] = [await databaseFigures(superuser), process.cpuUsage(), performance.now()];
  const day = await liveADay(checks, clock);
  const seconds = (performance.now() - from) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const after = await databaseFigures(superuser);
  const idle = await idleMs(store, clock.at);
  const { rows } = await superuser.query(
    'SELECT count(*)::int AS due FROM domains WHERE next_check_at <= $1',
    [clock.at],
  );
  await database.destroy();
  await superuser.end();
  const difference = Object.fromEntries(Object.keys(after).map((key) => [key, after[key] - before[key]]));
  const workerCpu = (user + system) / 1e6;
  const memory = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ ...day, seconds, workerCpu, memory, idle, left: rows[0].due, ...difference }));
}

await main();
