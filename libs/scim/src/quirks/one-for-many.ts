import { isJsonList, type Json } from '../json';
import type { Quirk } from './quirk';

export const oneForMany: Quirk = {
  name: 'one-for-many',
  clients: ['JumpCloud', 'OneLogin', 'Rippling'],
  why: 'Sends a single object where the schema says a list, most of all for `emails` and `members`.',
};

export function listOf(value: Json): readonly Json[] {
  return isJsonList(value) ? value : [value];
}
