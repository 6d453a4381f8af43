import { isJsonObject, type Json } from '../json';
import type { ResourceType } from '../schema/attribute';
import { complex } from '../schema/describe-attribute';
import { extensionNamed } from '../schema/find-attribute';
import type { Path } from '../filter/filter';
import type { Quirk } from './quirk';

export const undescribedExtension: Quirk = {
  name: 'undescribed-extension',
  clients: ['Okta', 'OneLogin', 'Rippling', 'JumpCloud'],
  why: 'Sends attributes of a schema of its own under a URN that this server does not describe. They are kept, and come back as they were.',
};

/** Where such an extension stands as a whole in an object. */
export function undescribedAs(name: string, value: Json | undefined, type: ResourceType): Path | undefined {
  if (!name.toLowerCase().startsWith('urn:') || !isJsonObject(value) || extensionNamed(type, name))
    return undefined;
  return { of: { attribute: complex(name, '', []), undescribed: true } };
}
