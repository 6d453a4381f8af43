import { startWorkers, type QueueConfig } from '../src/index';
import { everyJob } from './doubles';

type Told = Omit<QueueConfig, 'onError'> & { readonly stall: 'blocked' | 'silent' };

/** A worker that takes one task and never ends it; blocked, it does not even renew its lock. */
async function main({ stall, ...config }: Told): Promise<void> {
  await startWorkers(
    { ...config, onError: ({ message }) => process.stderr.write(`${message}\n`) },
    {
      jobs: everyJob(async () => undefined),
      runTask: async ({ id }) => {
        await new Promise<void>((resolve) => process.stdout.write(`took ${id}\n`, () => resolve()));
        if (stall === 'blocked') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000);
        await new Promise(() => undefined);
      },
    },
  );
  process.stdout.write('ready\n');
}

void main(JSON.parse(process.argv[2] ?? ''));
