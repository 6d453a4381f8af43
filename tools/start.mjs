// `npm start`: everything on this machine, from nothing to a sign-in to try. What runs is listed in runtime/demo-processes.mjs.
import { join } from 'node:path';
import { build } from './runtime/build.mjs';
import { databaseUrl, ensureDatabase } from './runtime/database.mjs';
import { addresses, demoApplication, demoProcesses, wantedPorts } from './runtime/demo-processes.mjs';
import { startPostgres } from './runtime/embedded-postgres.mjs';
import { install, whatRuns } from './runtime/install.mjs';
import { choosePort } from './runtime/ports.mjs';
import { Processes } from './runtime/processes.mjs';
import { root } from './runtime/root.mjs';
import { loadSecrets } from './runtime/secrets.mjs';

const folder = join(root, '.gatehouse');
const secretsFile = join(folder, 'secrets.json');

async function main(processes) {
  install(whatRuns);
  const secrets = loadSecrets(secretsFile);
  const ports = await choosePorts();
  const [database] = await Promise.all([openDatabase(processes, ports.PostgreSQL, secrets), build()]);
  const place = { folder, secrets, ports, ...database };
  const client = await startAll(processes, place);
  await processes.start(scriptPlan(demoApplication(place, client)));
  if (!processes.isStopping) console.log(welcome(addresses(ports)));
}

async function choosePorts() {
  const ports = {};
  for (const [name, wanted] of Object.entries(wantedPorts)) ports[name] = await choosePort(name, wanted);
  return ports;
}

async function openDatabase(processes, port, secrets) {
  console.log('Starting PostgreSQL …');
  const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), port });
  processes.afterwards(postgres.stop);
  const ownerUrl = await ensureDatabase(postgres.superuserUrl, 'gatehouse');
  const person = { user: 'gatehouse_app', password: secrets.databasePassword };
  return { ownerUrl, appUrl: databaseUrl(ownerUrl, { database: 'gatehouse', ...person }) };
}

async function startAll(processes, place) {
  let client = {};
  for (const row of demoProcesses(place)) {
    if (!row.once) await processes.start(scriptPlan(row));
    else if (row.name === 'seed') client = parseClient(await processes.run(scriptPlan(row)));
    else await processes.run(scriptPlan(row));
  }
  return client;
}

function scriptPlan({ script, ...row }) {
  return { ...row, cwd: root, command: [process.execPath, join(root, script)] };
}

/** The seed prints its result as one line of JSON, after whatever else it says. */
function parseClient(output) {
  const line = output.split('\n').findLast((text) => text.startsWith('{'));
  const { clientId, clientSecret } = JSON.parse(line ?? '{}');
  if (!clientId || !clientSecret)
    throw new Error('The seed did not print {"clientId": …, "clientSecret": …}.');
  return { clientId, clientSecret };
}

function welcome(at) {
  return `
  Gatehouse is ready. Open ${at.application} and sign in.

    Application        ${at.application}
    API documentation  ${at.server}/docs
    Identity provider  ${at.idp}   (of the demo company ACME)
    Mail catcher       ${at.mail}

  Try: sign in as ana@acme.example (the owner) or ben@acme.example (let in at the first sign-in): both go to
  ACME's identity provider. An address at any other domain is asked for a password. Choose eve@other.example
  at the identity provider to see a refusal.
  The operator key for the API is "operatorKey" in ${secretsFile}.
  Data stays in ${folder}: delete that folder to begin anew. Ctrl-C stops everything.
`;
}

const processes = new Processes();
main(processes).catch((error) => {
  if (!processes.isStopping) console.error(`\n${error.message}`);
  void processes.stop(1);
});
const exitCode = await processes.finished;
console.log('Stopped.');
process.exit(exitCode);
