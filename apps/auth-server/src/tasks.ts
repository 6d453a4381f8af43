import { readDatabaseConfig } from './config';
import { runTasksCommand } from './tasks/tasks-command';

async function main(): Promise<void> {
  process.stdout.write(`${await runTasksCommand(process.argv.slice(2), readDatabaseConfig())}\n`);
}

main().catch((cause: unknown) => {
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exitCode = 1;
});
