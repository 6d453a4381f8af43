import { z } from 'zod';

const pid = z.coerce.number().int().positive();

const settings = z.object({
  GATEHOUSE_URL: z.url(),
  OPERATOR_KEY: z.string().min(1),
  DNS_PORT: z.coerce.number().int().min(1).max(65_535),
  SERVER_PID: pid,
  JACKSON_URL: z.url().optional(),
  JACKSON_PID: pid.optional(),
  POSTGRES_PID: pid,
  SERVER_CORE: z.string(),
  LOAD_CORES: z.string(),
  BENCH_CLIENTS: z.coerce.number().int().min(1).max(256).default(32),
  BENCH_ROUNDS: z.coerce.number().int().min(1).max(10).default(3),
  BENCH_ROUND_SECONDS: z.coerce.number().min(1).max(60).default(10),
  BENCH_WARM_UP_SECONDS: z.coerce.number().min(1).max(60).default(3),
});

export type BenchSettings = z.infer<typeof settings>;

/** What the load generator is told, from the environment; every number has an upper bound, so a run ends by itself. */
export function readBenchSettings(): BenchSettings {
  const result = settings.safeParse(process.env);
  if (result.success) return result.data;
  throw new Error(`The settings of the bench are wrong:\n${z.prettifyError(result.error)}`);
}
