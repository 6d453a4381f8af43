import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);
const root = resolve(__dirname, '../../..');
const patienceMs = 5 * 60_000;

const check = z.object({
  /** By its own words: SUCCESS to ACCEPTABLE are answers as the RFCs want or allow them. */
  status: z.enum(['SUCCESS', 'COMPLIANT', 'ACCEPTABLE', 'DEVIATION', 'ERROR', 'CRITICAL', 'SKIPPED']),
  title: z.string().nullable(),
  resourceType: z.string().nullable(),
  reason: z.string().nullable(),
  data: z.string().nullable(),
});

/** One thing that scim2-tester asked a server, and what it thinks of the answer. */
export type Scim2Check = z.infer<typeof check>;

/** Its virtual environment: GATEHOUSE_SCIM2_TESTER_DIR, else where the installer puts it. */
function python(): string {
  const folder = process.env['GATEHOUSE_SCIM2_TESTER_DIR'] ?? join(root, '.gatehouse', 'scim2-tester');
  return join(folder, 'bin', 'python');
}

/** Why scim2-tester cannot be run on this machine; undefined when it can. */
export function whyNoScim2Tester(): string | undefined {
  if (existsSync(python())) return undefined;
  return 'scim2-tester is not installed: run node tools/runtime/scim2-tester.mjs, or set GATEHOUSE_SCIM2_TESTER_DIR.';
}

/** Lets it ask a directory everything it knows: it makes people and groups, changes them, and deletes them again. */
export async function runScim2Tester(url: string, token: string): Promise<Scim2Check[]> {
  const script = join(root, 'tools', 'scim2-tester', 'check.py');
  const env = { ...process.env, SCIM_URL: url, SCIM_TOKEN: token };
  const options = { env, timeout: patienceMs, maxBuffer: 64 * 1024 * 1024 };
  const { stdout } = await run(python(), [script], options);
  return z.array(check).parse(JSON.parse(stdout));
}
