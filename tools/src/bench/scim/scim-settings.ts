import { z } from 'zod';

const pid = z.coerce.number().int().positive();
const sizes = z
  .string()
  .transform((text) => text.split(',').map(Number))
  .pipe(z.array(z.number().int().min(200).max(100_000)).min(1).max(3));

const settings = z.object({
  GATEHOUSE_URL: z.url(),
  OPERATOR_KEY: z.string().min(1),
  DNS_PORT: z.coerce.number().int().min(1).max(65_535),
  SUPERUSER_URL: z.url(),
  SERVER_PID: pid,
  JACKSON_URL: z.url().optional(),
  JACKSON_PID: pid.optional(),
  POSTGRES_PID: pid,
  SERVER_CORE: z.string(),
  LOAD_CORES: z.string(),
  BENCH_SIZES: sizes.default([1_000, 10_000, 100_000]),
  BENCH_CLIENTS: z.coerce.number().int().min(1).max(64).default(16),
  BENCH_ROUNDS: z.coerce.number().int().min(1).max(9).default(3),
  BENCH_ROUND_SECONDS: z.coerce.number().min(0.2).max(10).default(1),
});

export type ScimSettings = z.infer<typeof settings>;

/** What the load generator is told, from the environment; every number has an upper bound, so a run ends by itself. */
export function readScimSettings(): ScimSettings {
  const result = settings.safeParse(process.env);
  if (result.success) return result.data;
  throw new Error(`The settings of the bench are wrong:\n${z.prettifyError(result.error)}`);
}
