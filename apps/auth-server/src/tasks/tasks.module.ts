import { Chance, Clock, DeadLetters, ReplayTasks } from '@gatehouse/core';
import { PostgresDeadLetters } from '@gatehouse/core-postgres';
import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { provide } from '../http/provide';
import { TasksController } from './tasks.controller';

@Module({
  controllers: [TasksController],
  providers: [
    {
      provide: DeadLetters,
      inject: [DataSource, Chance],
      useFactory: (database: DataSource, chance: Chance) => new PostgresDeadLetters(database, chance),
    },
    provide(ReplayTasks, DeadLetters, Clock),
  ],
  exports: [DeadLetters, ReplayTasks],
})
export class TasksModule {}
