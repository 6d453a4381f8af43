// Compiles every project that the root tsconfig.json names, in their order.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './root.mjs';

/** The local compiler, called without npx: nothing is downloaded, no shell is between. */
export const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');

/** Builds what changed since the last build. */
export function build() {
  console.log('Building …');
  const { status, signal } = spawnSync(process.execPath, [compiler, '-b'], { cwd: root, stdio: 'inherit' });
  if (signal) throw new Error('Interrupted while building.');
  if (status !== 0) throw new Error('The build failed: see the messages of the compiler above.');
}
