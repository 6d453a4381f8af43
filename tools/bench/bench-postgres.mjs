// A new PostgreSQL for one run. It syncs every commit to disk, as in production: without that the figures flatter.
import { chmodSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startPostgres } from '../runtime/embedded-postgres.mjs';

/** @returns {Promise<{ folder: string, superuserUrl: string, pid: number, stop(): Promise<void> }>} */
export async function startBenchPostgres() {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
  // As root the server runs under another account, which must be able to pass through.
  chmodSync(folder, 0o711);
  const dataDir = join(folder, 'postgres');
  const { superuserUrl, stop } = await startPostgres({ dataDir, durable: true });
  const pid = Number(readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n', 1)[0]);
  return { folder, superuserUrl, pid, stop: () => stop().then(() => removeAll(folder, dataDir)) };
}

/** The data may have been put elsewhere, with a link in its place. */
function removeAll(folder, dataDir) {
  rmSync(dirname(realpathSync(dataDir)), { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
}
