import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { readProcessConfig } from './config';
import { WorkerModule } from './worker.module';

async function main(): Promise<void> {
  const app = await NestFactory.createApplicationContext(WorkerModule.with(readProcessConfig()), {
    logger: ['warn'],
    abortOnError: false,
  });
  app.enableShutdownHooks();
}

// Exits by itself: whatever was opened before the fault would keep the process alive without doing any work.
main().catch((cause: unknown) => {
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exit(1);
});
