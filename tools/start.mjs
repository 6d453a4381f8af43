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
  if (!processes.isStopping) console.log(welcome(addresses(ports), client.password));
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
  let seeded = {};
  for (const row of demoProcesses(place)) {
    if (!row.once) await processes.start(scriptPlan(row));
    else if (row.name === 'seed') seeded = parseSeed(await processes.run(scriptPlan(row)));
    else await processes.run(scriptPlan(row));
  }
  return seeded;
}

function scriptPlan({ script, ...row }) {
  return { ...row, cwd: root, command: [process.execPath, join(root, script)] };
}

/** The seed prints its result as one line of JSON, after whatever else it says. */
function parseSeed(output) {
  const line = output.split('\n').findLast((text) => text.startsWith('{'));
  const { clientId, clientSecret, password } = JSON.parse(line ?? '{}');
  if (!clientId || !clientSecret || !password)
    throw new Error('The seed did not print {"clientId": …, "clientSecret": …, "password": …}.');
  return { clientId, clientSecret, password };
}

function welcome(at, password) {
  return `
  Gatehouse is ready. Open ${at.application} and sign in.

    Application        ${at.application}
    Sign-in of Acme    ${at.server}/t/acme/login
    Your account       ${at.server}/account
    API documentation  ${at.server}/docs
    Work in the queues ${at.server}/operations/queues   (with the operator key)
    Identity provider  ${at.idp}   (of the demo company Acme)
    Mail catcher       ${at.mail}   (with an invitation for Dan, and a letter that asks Chloe to link her account)

    ana@acme.example     owns Acme; by Acme's identity provider, or by password
    ben@acme.example     let in at the first sign-in; by the identity provider
    cora@globex.example  owns Globex, and is a guest at Acme; by password
    chloe@acme.example   has a password from before; the letter connects her to the identity provider
    eve@other.example    nobody's member: choose her at the identity provider to see a refusal

  The password is: ${password}
  The operator key, also for the API, is "operatorKey" in ${secretsFile}.
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
