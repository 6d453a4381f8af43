import { emailKey, type ProvisionedPerson, type ProvisionedProfile } from '@gatehouse/core';
import { ScimError, type Content } from '@gatehouse/scim';
import type { Row } from '../../row';
import { readProvisionedPerson } from '../provisioned-person.row';
import { onlyEmail } from './only-email';
import { readProfile } from './read-profile';
import { storedContent, without } from './stored-json';

/** What is to be written of a User: its document, and what is read from it. */
export interface PersonContent {
  readonly document: Content;
  readonly profile: ProvisionedProfile;
}

/** Passwords are not kept, because nobody signs in by one of the directory's; `groups` are rows of their own. */
export function readPersonContent(content: Content): PersonContent {
  const document = without(content, 'groups', 'password');
  return { document, profile: readProfile(document) };
}

/** A person as it is locked for a write. */
export interface LockedPerson {
  readonly person: ProvisionedPerson;
  readonly version: number;
  readonly document: Content;
}

export function readLockedPerson(row: Row): LockedPerson {
  return {
    person: readProvisionedPerson(row),
    version: row.integer('version'),
    document: storedContent(row.json('document')),
  };
}

/** The columns of `writtenColumns`, in their order. */
export function writtenValues({ document, profile }: PersonContent): unknown[] {
  const { userName, externalId, active, email, name } = profile;
  return [
    ...[userName, userName.toLowerCase(), externalId, active, email, email && emailKey(email), name],
    ...[JSON.stringify(document), onlyEmail(document)],
  ];
}

export const writtenColumns =
  'user_name, user_name_key, external_id, active, email, email_key, name, document, only_email';

/** RFC 7644 3.14: the client changes what it has seen, or nothing. */
export function refuseOtherVersion(version: number, wanted: number | undefined): void {
  if (wanted === undefined || wanted === version) return;
  const detail = `The resource is at version W/"${String(version)}", not W/"${String(wanted)}". Read it again, then change it.`;
  throw new ScimError(412, detail);
}

export function absent(type: 'User' | 'Group', id: string): ScimError {
  return new ScimError(404, `There is no ${type} ${id.slice(0, 64)} in this directory.`);
}
