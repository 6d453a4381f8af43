import { scimMediaType } from './scim-request';

/** RFC 7644 3.8: our own type, unless the client says that it takes plain JSON and nothing that ours would be. */
export function acceptedType(accept: string | undefined): string {
  const ranges = (accept ?? '*/*').toLowerCase().split(',');
  const types = ranges.map((range) => range.split(';', 1)[0]?.trim() ?? '');
  const takesOurs = types.some((type) => [scimMediaType, 'application/*', '*/*'].includes(type));
  return !takesOurs && types.includes('application/json') ? 'application/json' : scimMediaType;
}
