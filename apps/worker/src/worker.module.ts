import { Module } from '@nestjs/common';
import { pino } from 'pino';
import { readProcessConfig } from './config';
import { Work } from './work';

function start(): Promise<Work> {
  const config = readProcessConfig();
  return Work.start(config, pino({ name: 'gatehouse-worker', level: config.logLevel }));
}

@Module({ providers: [{ provide: Work, useFactory: start }] })
export class WorkerModule {}
