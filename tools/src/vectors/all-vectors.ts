import { cloudDialects } from './accepted/cloud-dialects';
import { ownDialects } from './accepted/own-dialects';
import { technicalDialects } from './accepted/technical-dialects';
import { vectorOf } from './accepted/vector-of-dialect';
import { acceptedFolder, rejectedFolder } from './folder-of-vector';
import type { Folder } from './folder-of-vector';
import { rejectedVectors } from './rejected/rejected-vectors';
import type { AcceptedVector } from './vector';

export function acceptedVectors(): readonly AcceptedVector[] {
  return [...cloudDialects, ...ownDialects, ...technicalDialects].map(vectorOf);
}

/** Every file below accepted/ and rejected/, the same each time. */
export function allFiles(): Folder {
  const folders = [...acceptedVectors().map(acceptedFolder), ...rejectedVectors().map(rejectedFolder)];
  const files = new Map(folders.flatMap((folder) => [...folder]));
  const wanted = folders.reduce((sum, folder) => sum + folder.size, 0);
  if (files.size !== wanted) throw new Error('Two vectors have the same name');
  return files;
}
