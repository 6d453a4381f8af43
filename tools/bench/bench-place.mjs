// Where a bench runs: ports, secrets and databases of one run, and the server as `npm start` runs it.
import { join } from 'node:path';
import { databaseUrl, ensureDatabase } from '../runtime/database.mjs';
import { demoProcesses, wantedPorts } from '../runtime/demo-processes.mjs';
import { freePort } from '../runtime/ports.mjs';
import { root } from '../runtime/root.mjs';
import { loadSecrets } from '../runtime/secrets.mjs';
import { onCore } from './cores.mjs';

export const serverScript = 'apps/auth-server/dist/main.js';

export async function choosePlace({ folder, superuserUrl }) {
  const secrets = loadSecrets(join(folder, 'secrets.json'));
  const ports = {};
  for (const name of Object.keys(wantedPorts)) ports[name] = await freePort();
  const ownerUrl = await ensureDatabase(superuserUrl, 'gatehouse');
  const person = { user: 'gatehouse_app', password: secrets.databasePassword };
  return {
    folder,
    secrets,
    ports,
    ownerUrl,
    appUrl: databaseUrl(ownerUrl, { database: 'gatehouse', ...person }),
  };
}

/** The same migration and server, with the same environment but for what is given, as `npm start` runs. */
export async function startServer(processes, place, cores, env = {}) {
  const rows = new Map(demoProcesses(place).map((row) => [row.name, row]));
  await processes.run(scriptPlan(rows.get('migrate')));
  const server = scriptPlan(rows.get('server'));
  const command = onCore(cores, server.command);
  await processes.start({ ...server, command, env: { ...server.env, ...env } });
}

export function scriptPlan({ script, ...row }) {
  return { ...row, cwd: root, command: [process.execPath, join(root, script)] };
}
