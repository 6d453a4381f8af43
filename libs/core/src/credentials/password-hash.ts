import { hash, parseOptions, verify } from '@node-rs/argon2';
import type { Chance } from '../shared/chance';

// OWASP Password Storage: argon2id (this library's default) with 19 MiB, two passes, one lane.
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const;

/** In characters as typed; whoever sends more is answered as if it were wrong, without hashing all of it. */
export const longestPassword = 1024;

/** Of nobody's password, made with the parameters above: what an unknown account is compared with, so that it takes as long. */
export const hashOfNobody =
  '$argon2id$v=19$m=19456,t=2,p=1$Z2F0ZWhvdXNlLW5vYm9keQ$JN615uQp/CuukG44Z3XfgR9/7B94Co3w/zkhO+pyXKc';

/** The same characters, however a keyboard composes them (NIST SP 800-63B 3.1.1.2). */
export function normalisePassword(password: string): string {
  return password.normalize('NFKC');
}

export function hashPassword(password: string, chance: Chance): Promise<string> {
  return hash(normalisePassword(password), { ...parameters, salt: chance.bytes(16) });
}

/** Takes the same time whether or not there is a hash to compare with. */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const typed = password.length > longestPassword ? '' : normalisePassword(password);
  const fits = await verify(stored ?? hashOfNobody, typed);
  return fits && stored !== undefined && typed !== '';
}

/** Whether a hash was made with other parameters than those of today. */
export function isOutdated(stored: string): boolean {
  const { memoryCost, timeCost, parallelism, outputLen } = parseOptions(stored);
  const same = { memoryCost, timeCost, parallelism, outputLen };
  return JSON.stringify(same) !== JSON.stringify(parameters);
}
