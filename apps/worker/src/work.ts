import { AttemptTask, taskRules, type RulesOfTasks, type Schedule } from '@gatehouse/core';
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

/** How fast a worker turns. What kills workers on purpose has no time for the usual pace. */
export interface Pace {
  readonly rules: RulesOfTasks;
  readonly schedules: readonly Schedule[];
  /** For how long a job is a worker's that says nothing. */
  readonly lockMs?: number;
}

const usualPace: Pace = { rules: taskRules, schedules };

/** All that runs in a worker process, and how it ends. */
export class Work implements OnApplicationShutdown {
  private constructor(private readonly ends: readonly (() => Promise<void>)[]) {}

  /** Ready when it returns; throws when the database or the queue cannot be had. */
  static async start(config: Config, log: Logger, changes: Partial<Pace> = {}): Promise<Work> {
    const pace = { ...usualPace, ...changes };
    const settings = queueConfig(config, log, pace);
    // The database may still be starting, wherever the jobs are.
    await awaitDatabase(settings);
    const queue = await openQueue(settings);
    const database = await openDatabase({
      url: config.databaseUrl,
      poolSize: 8,
      applicationName: 'gatehouse-worker',
    });
    const parts = partsOf({ database, queue, config, log });
    const workers = await startWorkers(settings, workToDo(parts, pace.rules));
    await queue.keepSchedules(pace.schedules);
    log.info({ queues: config.redis ? describeRedis(config.redis) : 'PostgreSQL' }, 'ready');
    return new Work([() => workers.close(), () => queue.close(), () => database.destroy()]);
  }

  /** Jobs under way end first: they need the queue and the database. */
  async onApplicationShutdown(): Promise<void> {
    for (const end of this.ends) await end();
  }
}

function queueConfig({ databaseUrl, redis }: Config, log: Logger, { lockMs }: Pace): QueueConfig {
  return {
    databaseUrl,
    ...(redis !== undefined && { redis }),
    ...(lockMs !== undefined && { lockMs }),
    onError: (error) => log.error({ err: error }, error.message),
  };
}

function workToDo(parts: Parts, rules: RulesOfTasks): WorkToDo {
  const { tasks, clock, chance, log } = parts;
  const failed = logTaskFailure(log);
  const attempts = new AttemptTask(tasks, taskHandlers(parts), clock, chance, failed, rules);
  return { jobs: jobHandlers(parts, rules), runTask: (handed) => attempts.run(handed) };
}
