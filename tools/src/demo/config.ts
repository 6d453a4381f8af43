import { z } from 'zod';

const port = z.coerce.number().int().min(1).max(65_535);

const serviceSettings = z.object({
  IDP_PORT: port.default(4401),
  DNS_PORT: port.default(4402),
  SMTP_PORT: port.default(4403),
  MAIL_PORT: port.default(4404),
  GATEHOUSE_DEMO_DIR: z.string().min(1).default('.gatehouse/demo'),
  /** Whose connections the identity provider speaks of logout with. */
  GATEHOUSE_URL: z.url().default('http://localhost:3000'),
});

const seedSettings = z.object({
  GATEHOUSE_URL: z.url(),
  OPERATOR_KEY: z.string().min(1),
  IDP_URL: z.url(),
  APP_URL: z.url(),
  MAIL_URL: z.url(),
  GATEHOUSE_DEMO_DIR: z.string().min(1).default('.gatehouse/demo'),
  DEMO_CLIENT_SECRET: z.string().min(1).optional(),
});

export type ServiceSettings = z.infer<typeof serviceSettings>;
export type SeedSettings = z.infer<typeof seedSettings>;

/** What the demo's services need, from the environment; the only place of the demo that reads it. */
export function readServiceSettings(): ServiceSettings {
  return parsed(serviceSettings);
}

/** What the seed needs, from the environment. */
export function readSeedSettings(): SeedSettings {
  return parsed(seedSettings);
}

function parsed<Schema extends z.ZodType>(schema: Schema): z.infer<Schema> {
  const result = schema.safeParse(process.env);
  if (result.success) return result.data;
  throw new Error(`The demo's settings are wrong:\n${z.prettifyError(result.error)}`);
}
