import { z } from 'zod';

/** Everything that can be set, typed; read once from the environment. */
export interface Config {
  readonly databaseUrl: string;
  readonly queueUrl?: string;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

const environment = z.object({
  DATABASE_URL: z
    .string({ error: 'is missing' })
    .startsWith('postgres', { error: 'must be a postgres:// address' }),
  QUEUE_URL: z
    .string()
    .regex(/^rediss?:\/\//, {
      error: 'must be a redis:// or rediss:// address, or be left out to use PostgreSQL',
    })
    .optional(),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], {
      error: 'must be debug, info, warn, error or silent',
    })
    .default('info'),
});

/** Throws one Error that lists everything that is wrong with the environment (OPS-3). */
export function readConfig(variables: Readonly<Record<string, string | undefined>>): Config {
  const parsed = environment.safeParse(variables);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
    throw new Error(`These settings need your attention:\n${lines.join('\n')}`);
  }
  const { DATABASE_URL, QUEUE_URL, LOG_LEVEL } = parsed.data;
  return {
    databaseUrl: DATABASE_URL,
    ...(QUEUE_URL !== undefined && { queueUrl: QUEUE_URL }),
    logLevel: LOG_LEVEL,
  };
}

export function readProcessConfig(): Config {
  return readConfig(process.env);
}
