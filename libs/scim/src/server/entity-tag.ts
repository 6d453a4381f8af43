import { ScimError } from '../scim-error';

/** RFC 7644 3.14: versions are weak, because attributes asked for change the answer and not the resource. */
export function entityTag(version: number): string {
  return `W/"${version}"`;
}

/** What a header of RFC 9110 13.1 lists: the versions among our own tags, or `*`. */
export function listedVersions(header: string): readonly number[] | '*' {
  if (header.trim() === '*') return '*';
  return header.split(',').flatMap((tag) => {
    const [, version] = /^\s*(?:W\/)?"(\d{1,9})"\s*$/.exec(tag) ?? [];
    return version === undefined ? [] : [Number(version)];
  });
}

/** The one version that a write may meet; `current` is asked only where the client names several. */
export async function wantedVersion(
  header: string | undefined,
  current: () => Promise<number>,
): Promise<number | undefined> {
  if (header === undefined) return undefined;
  const versions = listedVersions(header);
  if (versions === '*') return undefined;
  const [first, ...others] = versions;
  if (first !== undefined && others.length === 0) return first;
  const now = await current();
  if (!versions.includes(now)) throw anotherVersion(header, now);
  return now;
}

function anotherVersion(header: string, now: number): ScimError {
  return new ScimError(
    412,
    `The resource is at version ${entityTag(now)}, If-Match names ${header}. Read the resource again before you write it.`,
  );
}
