// `npm run bench:scim`: what a directory's client is answered with, and how fast. docs/benchmarks.md says how to read the tables.
// `-- --try` is a quick look with one small directory; nothing else is different.
import { build } from '../runtime/build.mjs';
import { databaseUrl } from '../runtime/database.mjs';
import { addresses } from '../runtime/demo-processes.mjs';
import { Processes } from '../runtime/processes.mjs';
import { choosePlace, scriptPlan, serverScript, startServer } from './bench-place.mjs';
import { startBenchPostgres } from './bench-postgres.mjs';
import { childRunning } from './child-running.mjs';
import { chooseCores, pinThisProcess } from './cores.mjs';
import { startJackson } from './start-jackson.mjs';

const jacksonScript = 'tools/bench/peers/jackson-directory.mjs';
const quickLook = { BENCH_SIZES: '1000', BENCH_ROUNDS: '1', BENCH_ROUND_SECONDS: '0.3' };

async function main(processes) {
  if (process.platform !== 'linux') throw new Error('The bench reads /proc, which only Linux has.');
  await build();
  const cores = chooseCores();
  // What is started from here on inherits these cores; the servers are given their own.
  pinThisProcess(cores);
  const postgres = await startBenchPostgres();
  processes.afterwards(postgres.stop);
  const place = await choosePlace(postgres);
  // One directory is asked more in a minute than any customer's client ever would.
  await startServer(processes, place, cores, { SCIM_REQUESTS_PER_MINUTE: '10000000' });
  const jackson = await startJackson(processes, postgres, cores, jacksonScript);
  const tables = await processes.run(loadPlan(place, cores, postgres, jackson));
  if (!processes.isStopping) console.log(tables);
  await processes.stop(0);
}

function loadPlan(place, cores, postgres, peers) {
  return scriptPlan({
    name: 'load',
    script: 'tools/dist/bench/scim/main.js',
    env: {
      ...(process.argv.includes('--try') ? quickLook : {}),
      GATEHOUSE_URL: addresses(place.ports).server,
      OPERATOR_KEY: place.secrets.operatorKey,
      DNS_PORT: String(place.ports.DNS),
      SUPERUSER_URL: databaseUrl(postgres.superuserUrl, { database: 'gatehouse' }),
      SERVER_PID: String(childRunning(serverScript)),
      POSTGRES_PID: String(postgres.pid),
      SERVER_CORE: cores?.server ?? 'any',
      LOAD_CORES: cores?.load ?? 'any',
      ...peers,
    },
  });
}

const processes = new Processes();
main(processes).catch((error) => {
  if (!processes.isStopping) console.error(`\n${error.message}`);
  void processes.stop(1);
});
process.exit(await processes.finished);
