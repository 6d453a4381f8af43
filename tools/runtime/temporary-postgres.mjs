// A PostgreSQL for one test run: nothing is synced, nothing is kept. As a program it prints its address and lives until its
// input ends, so it ends with whoever started it.
import { chmodSync, mkdtempSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPostgres } from './embedded-postgres.mjs';

/** @returns {Promise<{ superuserUrl: string, stop(): Promise<void> }>} */
export async function startTemporaryPostgres() {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-test-'));
  // As root the server runs under another account, which must be able to pass through.
  chmodSync(folder, 0o711);
  const dataDir = join(folder, 'postgres');
  const { superuserUrl, stop } = await startPostgres({ dataDir, durable: false });
  const stopAndRemove = async () => {
    await stop();
    removeData(dataDir);
    rmSync(folder, { recursive: true, force: true });
  };
  return { superuserUrl, stop: stopAndRemove };
}

/** The data may have been put elsewhere, with a link in its place. */
function removeData(dataDir) {
  try {
    rmSync(dirname(readlinkSync(dataDir)), { recursive: true, force: true });
  } catch (error) {
    if (error.code !== 'EINVAL') throw error;
  }
}

async function serve() {
  const postgres = await startTemporaryPostgres();
  process.stdout.write(`${postgres.superuserUrl}\n`);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.stdin.destroy());
  process.stdin.resume().once('close', () => void postgres.stop());
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) void serve();
