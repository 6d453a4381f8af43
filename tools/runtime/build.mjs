// Makes `dist` of every project that runs.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from './root.mjs';

const compiler = join(root, 'tools', 'runtime', 'compile.mjs');

/** Compiles what changed since the last time, in a process of its own: a compiler's memory is too much to keep all day. */
export async function build() {
  console.log('Building …');
  const child = spawn(process.execPath, [compiler], { cwd: root, stdio: 'inherit' });
  const [status, signal] = await once(child, 'exit');
  if (signal) throw new Error('Interrupted while building.');
  if (status !== 0) throw new Error('The build failed: see the messages of the compiler above.');
}
