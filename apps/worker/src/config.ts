import { parseList, parsePublicUrl, parseRingKeys, type RingKey } from '@gatehouse/core';
import { z } from 'zod';

/** Everything that can be set, typed; read once from the environment. */
export interface Config {
  readonly databaseUrl: string;
  readonly queueUrl?: string;
  /** Where browsers reach the servers: what is sent to applications is signed in its name. */
  readonly publicUrl: string;
  readonly secretKeys: readonly [RingKey, ...RingKey[]];
  /** `host:port` of applications inside the network, or of this machine in development. */
  readonly allowedPrivateHosts: readonly string[];
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** A text that a parser of the domain reads; what it throws is what is wrong with the setting. */
function read<T>(parser: (text: string) => T) {
  return z.string({ error: 'is missing' }).transform((text, context): T => {
    try {
      return parser(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'is wrong' });
      return z.NEVER;
    }
  });
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
  PUBLIC_URL: read(parsePublicUrl),
  SECRET_KEYS: read(parseRingKeys),
  ALLOWED_PRIVATE_HOSTS: z.string().default('').transform(parseList),
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
  const { data } = parsed;
  return {
    databaseUrl: data.DATABASE_URL,
    ...(data.QUEUE_URL !== undefined && { queueUrl: data.QUEUE_URL }),
    publicUrl: data.PUBLIC_URL,
    secretKeys: data.SECRET_KEYS,
    allowedPrivateHosts: data.ALLOWED_PRIVATE_HOSTS,
    logLevel: data.LOG_LEVEL,
  };
}

export function readProcessConfig(): Config {
  return readConfig(process.env);
}
