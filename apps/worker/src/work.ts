import { AttemptTask, taskRules, type RulesOfTasks } from '@gatehouse/core';
import { openDatabase } from '@gatehouse/core-postgres';
import {
  awaitDatabase,
  describeRedis,
  openQueue,
  startWorkers,
  type QueueConfig,
  type WorkToDo,
} from '@gatehouse/core-queue';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Config } from './config';
import { logTaskFailure } from './jobs/log-task-failure';
import { schedules } from './schedules';
import { jobHandlers } from './wiring/job-handlers';
import { partsOf, type Parts } from './wiring/parts';
import { taskHandlers } from './wiring/task-handlers';

/** All that runs in a worker process, and how it ends. */
export class Work implements OnApplicationShutdown {
  private constructor(private readonly ends: readonly (() => Promise<void>)[]) {}

  /** Ready when it returns; throws when the database or the queue cannot be had. */
  static async start(config: Config, log: Logger, rules: RulesOfTasks = taskRules): Promise<Work> {
    const settings = queueConfig(config, log);
    // The database may still be starting, wherever the jobs are.
    await awaitDatabase(settings);
    const queue = await openQueue(settings);
    const database = await openDatabase({
      url: config.databaseUrl,
      poolSize: 8,
      applicationName: 'gatehouse-worker',
    });
    const parts = partsOf({ database, queue, config, log });
    const workers = await startWorkers(settings, workToDo(parts, rules));
    await queue.keepSchedules(schedules);
    log.info({ queues: config.redis ? describeRedis(config.redis) : 'PostgreSQL' }, 'ready');
    return new Work([() => workers.close(), () => queue.close(), () => database.destroy()]);
  }

  /** Jobs under way end first: they need the queue and the database. */
  async onApplicationShutdown(): Promise<void> {
    for (const end of this.ends) await end();
  }
}

function queueConfig({ databaseUrl, redis }: Config, log: Logger): QueueConfig {
  return {
    databaseUrl,
    ...(redis !== undefined && { redis }),
    onError: (error) => log.error({ err: error }, error.message),
  };
}

function workToDo(parts: Parts, rules: RulesOfTasks): WorkToDo {
  const { tasks, clock, chance, log } = parts;
  const failed = logTaskFailure(log);
  const attempts = new AttemptTask(tasks, taskHandlers(parts), clock, chance, failed, rules);
  return { jobs: jobHandlers(parts, rules), runTask: (handed) => attempts.run(handed) };
}
