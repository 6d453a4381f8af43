import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

function read(path: string): string {
  return readFileSync(resolve(__dirname, '../../..', path), 'utf8');
}

/** The settings that a program names, as keys of the schema that reads them. */
function settingsOf(path: string): string[] {
  return [...read(path).matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].flatMap(([, name]) => name ?? []);
}

describe('docs/settings.md', () => {
  it('lists every setting of servers, workers and migrations, and no other [OPS-3]', () => {
    const listed = [...read('docs/settings.md').matchAll(/^\| `([A-Z_]+)`/gm)].flatMap(
      ([, name]) => name ?? [],
    );
    const named = [
      ...settingsOf('apps/auth-server/src/config.ts'),
      ...settingsOf('apps/worker/src/config.ts'),
    ];
    expect(named.length).toBeGreaterThan(20);
    expect(listed.toSorted()).toEqual([...new Set(named)].sort());
  });
});
