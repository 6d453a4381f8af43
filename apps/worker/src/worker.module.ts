import { Module, type DynamicModule } from '@nestjs/common';
import { pino } from 'pino';
import { bareError } from './bare-error';
import type { Config } from './config';
import { Work } from './work';

@Module({})
export class WorkerModule {
  static with(config: Config): DynamicModule {
    const log = pino({
      name: 'gatehouse-worker',
      level: config.logLevel,
      serializers: { err: bareError },
    });
    return {
      module: WorkerModule,
      providers: [{ provide: Work, useFactory: () => Work.start(config, log) }],
    };
  }
}
