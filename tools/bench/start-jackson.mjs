// The peer of a bench, saml-jackson, in the smallest server that can carry what is asked of it.
import { ensureDatabase } from '../runtime/database.mjs';
import { freePort } from '../runtime/ports.mjs';
import { scriptPlan } from './bench-place.mjs';
import { childRunning } from './child-running.mjs';
import { onCore } from './cores.mjs';
import { installPeers } from './install-peers.mjs';

/** On the same core and in the same PostgreSQL; it idles while we are measured, as we do while it is. */
export async function startJackson(processes, postgres, cores, script) {
  if (process.env.BENCH_PEERS === 'none') return {};
  installPeers();
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const server = scriptPlan({
    name: 'saml-jackson',
    script,
    ready: `${url}/ready`,
    env: { PORT: String(port), DATABASE_URL: await ensureDatabase(postgres.superuserUrl, 'jackson') },
  });
  await processes.start({ ...server, command: onCore(cores, server.command) });
  return { JACKSON_URL: url, JACKSON_PID: String(childRunning(script)) };
}
