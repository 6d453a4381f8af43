export interface QueueConfig {
  /** PostgreSQL, as the application's role; keeps the jobs unless `queueUrl` is set. */
  readonly databaseUrl: string;
  /** `redis://…` or `rediss://…`: Redis or Valkey keeps the jobs instead. */
  readonly queueUrl?: string;
  /** Keeps deployments apart that share one server. */
  readonly name?: string;
  /** How long starting and ending may take before it counts as failed. */
  readonly deadlineMs?: number;
  /** Is told of faults that happen in the background, such as a lost connection or a job that failed. */
  readonly onError: (error: Error) => void;
}

export const queueName = 'gatehouse';
export const defaultDeadlineMs = 15_000;
