import { readRotationConfig } from './config';
import { runRotationCommand } from './saml-keys/rotation-command';

async function main(): Promise<void> {
  process.stdout.write(`${await runRotationCommand(process.argv.slice(2), readRotationConfig())}\n`);
}

main().catch((cause: unknown) => {
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exitCode = 1;
});
