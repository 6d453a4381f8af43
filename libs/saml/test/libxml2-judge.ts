import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export interface CanonicalQuestion {
  readonly xml: string;
  /** The number of the element in document order. */
  readonly at: number;
  readonly prefixes: readonly string[];
}

export interface CanonicalAnswer {
  readonly octets?: string;
  readonly refused?: string;
}

/** What libxml2 makes of each. */
export function askLibxml2(questions: readonly CanonicalQuestion[]): readonly CanonicalAnswer[] {
  const script = join(__dirname, 'canonicalize-with-libxml2.mjs');
  const options = { input: JSON.stringify(questions), maxBuffer: 2 ** 28, encoding: 'utf8' } as const;
  return JSON.parse(execFileSync(process.execPath, [script], options));
}
