import { readRotationConfig } from './config';
import { runRotationCommand } from './saml-keys/rotation-command';

runRotationCommand(process.argv.slice(2), readRotationConfig()).then(
  (said) => void process.stdout.write(`${said}\n`),
  (cause: unknown) => {
    process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
    process.exitCode = 1;
  },
);
