import { addCreatesValue } from './add-creates-value';
import { booleansAsText } from './booleans-as-text';
import { capitalOperations } from './capital-operations';
import { hollowValues } from './hollow-values';
import { listForOne } from './list-for-one';
import { oneForMany } from './one-for-many';
import { pathsAsNames } from './paths-as-names';
import { plainValue } from './plain-value';
import type { Quirk } from './quirk';
import { readOnlyInObject } from './read-only-in-object';
import { removalByValue } from './removal-by-value';
import { removalOfNothing } from './removal-of-nothing';
import { replaceCreatesValue } from './replace-creates-value';
import { schemasInPatch } from './schemas-in-patch';
import { undescribedExtension } from './undescribed-extension';
import { wholeExtension } from './whole-extension';

/** All that is understood beyond RFC 7644, with who needs it and why. Each has an example that a test plays. */
export const quirks: readonly Quirk[] = [
  capitalOperations,
  booleansAsText,
  removalByValue,
  pathsAsNames,
  addCreatesValue,
  replaceCreatesValue,
  hollowValues,
  plainValue,
  readOnlyInObject,
  oneForMany,
  listForOne,
  wholeExtension,
  undescribedExtension,
  schemasInPatch,
  removalOfNothing,
];
