import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { notOurs } from './boundaries.mjs';

const slashes = (path) => path.split(sep).join('/');
const isOurs = (path) => !notOurs.some((folder) => path === folder || path.endsWith(`/${folder}`));

/** Every file of the repository that is written by hand, as paths from `root` with forward slashes. */
export function sourceFiles(root, folder = root) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    const name = slashes(relative(root, path));
    if (!isOurs(name)) return [];
    return entry.isDirectory() ? sourceFiles(root, path) : [name];
  });
}

/** The nearest folder with a package.json above a file, out of `projects` (paths from the root). */
export function projectOf(file, projects) {
  const owners = projects.filter((project) => file.startsWith(`${project}/`));
  return owners.sort((a, b) => b.length - a.length)[0];
}
