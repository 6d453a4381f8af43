// `npm run bench`: how many full sign-ins one core of the server carries. docs/benchmarks.md says how to read the table.
import { build } from '../runtime/build.mjs';
import { ensureDatabase } from '../runtime/database.mjs';
import { addresses } from '../runtime/demo-processes.mjs';
import { freePort } from '../runtime/ports.mjs';
import { Processes } from '../runtime/processes.mjs';
import { choosePlace, scriptPlan, serverScript, startServer } from './bench-place.mjs';
import { startBenchPostgres } from './bench-postgres.mjs';
import { childRunning } from './child-running.mjs';
import { chooseCores, onCore, pinThisProcess } from './cores.mjs';
import { installPeers } from './install-peers.mjs';

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
  const jackson = await startJackson(processes, postgres, cores);
  const table = await processes.run(loadPlan(place, cores, postgres.pid, jackson));
  if (!processes.isStopping) console.log(table);
  await processes.stop(0);
}

/** On the same core and in the same PostgreSQL; it idles while we are measured, as we do while it is. */
async function startJackson(processes, postgres, cores) {
  if (process.env.BENCH_PEERS === 'none') return {};
  installPeers();
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const server = scriptPlan({
    name: 'saml-jackson',
    script: jacksonScript,
    ready: `${url}/ready`,
    env: { PORT: String(port), DATABASE_URL: await ensureDatabase(postgres.superuserUrl, 'jackson') },
  });
  await processes.start({ ...server, command: onCore(cores, server.command) });
  return { JACKSON_URL: url, JACKSON_PID: String(childRunning(jacksonScript)) };
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
