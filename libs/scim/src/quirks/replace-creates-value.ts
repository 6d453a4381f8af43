import type { Json } from '../json';
import type { PatchOperation } from '../patch/patch-operation';
import type { Quirk } from './quirk';

export const replaceCreatesValue: Quirk = {
  name: 'replace-creates-value',
  clients: ['Entra ID'],
  why: 'Replaces `phoneNumbers[type eq "work"].value` where there is no such value, and never sends the rest of the patch in another way. Only as Entra ID says it, by `Replace` or by a path as a name; where it is said as in RFC 7644 3.5.2.3, it is refused with `noTarget`.',
};

/** Whether only Entra ID writes the operation so. */
export function isCapital(said: Json | undefined): boolean {
  return typeof said === 'string' && said !== said.toLowerCase();
}

/** The operation as an addition, which makes the value that is missing, and does the same to one that is there. */
export function creatingValue(operation: PatchOperation): PatchOperation {
  const { op, path } = operation;
  return op === 'replace' && path.filter && path.of.sub ? { ...operation, op: 'add' } : operation;
}
