import { readLetterhead } from './config';
import { runMailsCommand } from './previews/mails-command';

async function main(): Promise<void> {
  process.stdout.write(`${await runMailsCommand(process.argv.slice(2), readLetterhead())}\n`);
}

main().catch((cause: unknown) => {
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exitCode = 1;
});
