// A PostgreSQL that may be restarted in the middle of a run. Says its address; takes `restart` as a line, and ends with its input.
import { createInterface } from 'node:readline';
import { startPostgres } from '../../../../tools/runtime/embedded-postgres.mjs';

const [dataDir] = process.argv.slice(2);
let server = await startPostgres({ dataDir, durable: false });
console.log(server.superuserUrl);
for await (const line of createInterface({ input: process.stdin })) {
  if (line !== 'restart') continue;
  await server.stop();
  server = await startPostgres({ dataDir, port: server.port, durable: false });
  console.log('restarted');
}
await server.stop();
