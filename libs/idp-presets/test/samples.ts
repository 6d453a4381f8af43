import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SeenMetadata } from '../src';

const folder = join(__dirname, '..', 'samples');

/** One folder each, by the ID of its preset. */
export const sampleFolders = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** What `recognises` is given of a sample; the server reads metadata with a parser, which is tried with these samples as well. */
export function seenMetadata(id: string): SeenMetadata | undefined {
  const file = join(folder, id, 'metadata.xml');
  if (!existsSync(file)) return undefined;
  const xml = readFileSync(file, 'utf8');
  return {
    entityId: xml.match(/entityID="([^"]+)"/)?.[1] ?? '',
    ssoUrls: [...xml.matchAll(/SingleSignOnService[^>]+Location="([^"]+)"/g)].map(([, url = '']) => url),
    certificateSubjects: [],
  };
}

/** The names of the attributes that a sample of its dialect sends. */
export function sentAttributes(id: string): readonly string[] {
  const dialect: unknown = JSON.parse(readFileSync(join(folder, id, 'dialect.json'), 'utf8'));
  if (typeof dialect !== 'object' || dialect === null || !('attributes' in dialect)) return [];
  const { attributes } = dialect;
  return Array.isArray(attributes) ? attributes.map(({ name }: { name: string }) => name) : [];
}
