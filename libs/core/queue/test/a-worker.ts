import { startWorkers, type QueueConfig } from '../src/index';
import { everyJob } from './doubles';

type Told = Omit<QueueConfig, 'onError'> & { readonly stall: 'blocked' | 'silent' };

const say = (line: string) => new Promise<void>((resolve) => process.stdout.write(line, () => resolve()));
const never = new Promise<void>(() => undefined);

/** A worker that takes a task or a job and never ends it; blocked, it does not even renew its lock. */
async function main({ stall, ...config }: Told): Promise<void> {
  await startWorkers(
    { ...config, onError: ({ message }) => process.stderr.write(`${message}\n`) },
    {
      jobs: everyJob((name) => say(`took ${name}\n`).then(() => never)),
      runTask: async ({ id }) => {
        await say(`took ${id}\n`);
        if (stall === 'blocked') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000);
        await never;
      },
    },
  );
  process.stdout.write('ready\n');
}

void main(JSON.parse(process.argv[2] ?? ''));
