import { directoryGroupId, type DirectoryGroupId } from '@gatehouse/core';
import { ScimError, type Content } from '@gatehouse/scim';
import type { Row } from '../../row';
import { readKey } from './read-profile';
import { storedContent, without } from './stored-json';

/** What is to be written of a Group: its members are rows of their own. */
export interface GroupContent {
  readonly document: Content;
  readonly displayName: string;
  readonly externalId: string | undefined;
}

/** Throws a `ScimError`. */
export function readGroupContent(content: Content): GroupContent {
  const document = without(content, 'members');
  const displayName = readKey(document, 'displayName');
  if (displayName === undefined)
    throw new ScimError(400, 'A Group needs a displayName that is not empty.', 'invalidValue');
  return { document, displayName, externalId: readKey(document, 'externalId') };
}

export const groupColumns = 'display_name, display_name_key, external_id, document';

/** The columns of `groupColumns`, in their order. */
export function groupValues({ document, displayName, externalId }: GroupContent): unknown[] {
  return [displayName, displayName.toLowerCase(), externalId, JSON.stringify(document)];
}

/** A group as it is locked for a write. */
export interface LockedGroup {
  readonly id: DirectoryGroupId;
  readonly version: number;
  readonly displayName: string;
  readonly document: Content;
}

export function readLockedGroup(row: Row): LockedGroup {
  return {
    id: row.id('id', directoryGroupId),
    version: row.integer('version'),
    displayName: row.text('display_name'),
    document: storedContent(row.json('document')),
  };
}
