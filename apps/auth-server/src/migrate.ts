import { migrate } from '@gatehouse/core-postgres';
import { readMigrationConfig } from './config';

migrate(readMigrationConfig()).catch((cause: unknown) => {
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exitCode = 1;
});
