import type { AttributeRef } from '../schema/attribute';
import type { Quirk } from './quirk';

export const wholeExtension: Quirk = {
  name: 'whole-extension',
  clients: ['Entra ID', 'PingOne'],
  why: 'Names an extension by its URN as a path, or as a name in a patch without one, and sends an object of its attributes.',
};

/** The URN of the extension, where all of one is meant. */
export function urnOfWhole({ extension, attribute }: AttributeRef): string | undefined {
  return extension === undefined && attribute.name.includes(':') ? attribute.name : undefined;
}
