// `npm run bench`: how many full sign-ins one core of the server carries. docs/benchmarks.md says how to read the table.
import { build } from '../runtime/build.mjs';
import { addresses } from '../runtime/demo-processes.mjs';
import { Processes } from '../runtime/processes.mjs';
import { choosePlace, scriptPlan, serverScript, startServer } from './bench-place.mjs';
import { startBenchPostgres } from './bench-postgres.mjs';
import { childRunning } from './child-running.mjs';
import { chooseCores, pinThisProcess } from './cores.mjs';
import { startJackson } from './start-jackson.mjs';

const jacksonScript = 'tools/bench/peers/jackson-server.mjs';

async function main(processes) {
  if (process.platform !== 'linux') throw new Error('The bench reads /proc, which only Linux has.');
  await build();
  const cores = chooseCores();
  // What is started from here on inherits these cores; the server is given its own.
  pinThisProcess(cores);
  const postgres = await startBenchPostgres();
  processes.afterwards(postgres.stop);
  const place = await choosePlace(postgres);
  await startServer(processes, place, cores);
  const jackson = await startJackson(processes, postgres, cores, jacksonScript);
  const table = await processes.run(loadPlan(place, cores, postgres.pid, jackson));
  if (!processes.isStopping) console.log(table);
  await processes.stop(0);
}

function loadPlan(place, cores, postgresPid, peers) {
  return scriptPlan({
    name: 'load',
    script: 'tools/dist/bench/main.js',
    env: {
      GATEHOUSE_URL: addresses(place.ports).server,
      OPERATOR_KEY: place.secrets.operatorKey,
      DNS_PORT: String(place.ports.DNS),
      SERVER_PID: String(childRunning(serverScript)),
      POSTGRES_PID: String(postgresPid),
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
