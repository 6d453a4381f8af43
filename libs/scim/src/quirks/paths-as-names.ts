import type { Path } from '../filter/filter';
import { parsePath } from '../filter/parse-path';
import type { ResourceType } from '../schema/attribute';
import { ScimError } from '../scim-error';
import type { Quirk } from './quirk';

export const pathsAsNames: Quirk = {
  name: 'paths-as-names',
  clients: ['Entra ID'],
  why: 'Sends a patch without a path whose names are paths: `name.givenName`, `urn:…:User:department`, `emails[type eq "work"].value`.',
};

/** The path that a name in an object is meant as. A name that is none is ignored, as RFC 7644 3.3 has it for what is unknown. */
export function pathNamed(name: string, type: ResourceType): Path | undefined {
  if (!/[.:[]/.test(name)) return undefined;
  try {
    return parsePath(name, type);
  } catch (error) {
    if (error instanceof ScimError) return undefined;
    throw error;
  }
}
