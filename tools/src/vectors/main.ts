import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { allFiles } from './all-vectors';
import { vectorsFolder } from './keys';

// `npm run vectors`: makes accepted/ and rejected/ anew. The keys stay as they are.
const files = allFiles();
for (const folder of ['accepted', 'rejected'])
  rmSync(join(vectorsFolder, folder), { recursive: true, force: true });
for (const [path, text] of files) {
  const file = join(vectorsFolder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
const count = (folder: string) =>
  [...files.keys()].filter((path) => path.startsWith(folder) && path.endsWith('.json')).length;
console.log(`${count('accepted')} accepted and ${count('rejected')} rejected vectors written.`);
