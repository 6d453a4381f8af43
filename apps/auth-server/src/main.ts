import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { configureApp, createAdapter } from './app';
import { AppModule } from './app.module';
import { readProcessConfig } from './config';

async function main(): Promise<void> {
  const config = readProcessConfig();
  const { host, port, publicUrl } = config;
  const app = await NestFactory.create<NestFastifyApplication>(AppModule, createAdapter(config), {
    logger: ['warn', 'error', 'fatal'],
  });
  await configureApp(app);
  await app.listen(port, host);
  process.stdout.write(`Gatehouse answers at ${publicUrl}\n`);
}

main().catch((cause: unknown) => {
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exitCode = 1;
});
