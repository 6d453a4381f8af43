import type { Json } from '../json';
import type { Quirk } from './quirk';

export const booleansAsText: Quirk = {
  name: 'booleans-as-text',
  clients: ['Entra ID'],
  why: 'Sends "True" and "False" where the schema says boolean. Read as text, "False" would leave a leaver active.',
};

export function booleanOf(value: Json): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return undefined;
  const said = value.trim().toLowerCase();
  return said === 'true' || said === 'false' ? said === 'true' : undefined;
}
