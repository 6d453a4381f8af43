// What we compare with is no dependency of ours: a package outside the workspaces, installed by the bench alone.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../runtime/root.mjs';

export const peersFolder = join(root, 'tools', 'bench', 'peers');

/** No install scripts: none of what is measured needs one. */
export function installPeers() {
  if (existsSync(join(peersFolder, 'node_modules', '.package-lock.json'))) return;
  console.error('Installing the peers (npm ci), about half a minute …');
  const flags = [
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--no-progress',
    '--prefer-offline',
    '--loglevel=error',
  ];
  const { status } = spawnSync('npm', ['ci', ...flags], { cwd: peersFolder, stdio: 'inherit' });
  if (status !== 0) throw new Error('The peers could not be installed: see the message of npm above.');
}
