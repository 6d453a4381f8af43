import { z } from 'zod';

const settings = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3010),
  APP_URL: z.url().default('http://localhost:3010'),
  /** The SDK reads it too; the page of whoever is signed in links to the account there. */
  GATEHOUSE_URL: z.url().default('http://localhost:3000'),
});

/** What the demo application needs besides the SDK's own variables. */
export function readApplicationSettings(): z.infer<typeof settings> {
  const result = settings.safeParse(process.env);
  if (result.success) return result.data;
  throw new Error(`The demo application's settings are wrong:\n${z.prettifyError(result.error)}`);
}
