import { setUpCompany } from './company';
import { readBenchSettings } from './config';
import { Load } from './load';
import { memoryMb } from './process-usage';
import { report } from './report';

const ALONE_SECONDS = 5;

/** The load generator: sets a company up, signs its people in, prints the tables. Started by tools/bench/bench.mjs. */
async function main(): Promise<void> {
  const settings = readBenchSettings();
  const { BENCH_CLIENTS, BENCH_WARM_UP_SECONDS, BENCH_ROUND_SECONDS, BENCH_ROUNDS } = settings;
  console.error('Setting up a tenant, a connection and an application …');
  const company = await setUpCompany(settings);
  const load = new Load(company, { serverPid: settings.SERVER_PID, postgresPid: settings.POSTGRES_PID });
  console.error('Signing in …');
  const lengths = Array.from({ length: BENCH_ROUNDS }, () => BENCH_ROUND_SECONDS);
  const rounds = await load.run(BENCH_CLIENTS, BENCH_WARM_UP_SECONDS, lengths);
  const memory = memoryMb(settings.SERVER_PID);
  const [alone] = await load.run(1, 1, [ALONE_SECONDS]);
  if (!alone) throw new Error('The round of one person alone gave no result');
  console.log(report(settings, { rounds, alone, memory }));
}

main().catch((cause: unknown) => {
  console.error(cause instanceof Error ? cause.message : String(cause));
  // Others may be signing in still: one failure ends them all.
  process.exit(1);
});
