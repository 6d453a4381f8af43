import type { Json } from '../json';
import type { Quirk } from './quirk';

export const capitalOperations: Quirk = {
  name: 'capital-operations',
  clients: ['Entra ID'],
  why: 'Sends `Add`, `Replace` and `Remove`, where RFC 7644 3.5.2 has small letters.',
};

export function verbOf(said: Json | undefined): 'add' | 'replace' | 'remove' | undefined {
  const verb = typeof said === 'string' ? said.toLowerCase() : undefined;
  return verb === 'add' || verb === 'replace' || verb === 'remove' ? verb : undefined;
}
