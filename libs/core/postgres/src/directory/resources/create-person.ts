import {
  directoryPersonId,
  emailKey,
  type DirectoryPersonId,
  type ProvisionedPerson,
  type ProvisionedProfile,
} from '@gatehouse/core';
import { ScimError, type Content, type StoredResource } from '@gatehouse/scim';
import type { TenantTransaction } from '../../transaction';
import { provisionedColumns } from '../provisioned-person.row';
import { settlePerson } from '../settle-person';
import type { PersonChange, Settled } from '../settlement';
import { lookAtPerson, type Situation } from '../standing-facts';
import { endOfAccess, standingColumns, standingValues } from '../write-standing';
import type { ResourceWrite } from './resource-scope';
import { findWritten } from './find-resource';
import {
  readLockedPerson,
  readPersonContent,
  writtenColumns,
  writtenValues,
  type LockedPerson,
  type PersonContent,
} from './person-row';
import { peopleTable } from './resource-table';
import { updatePerson } from './update-person';
import { Overtaken, type Written } from './write-resource';

/**
 * Adds a person, or brings back the one who has this `userName` or `externalId` and is deleted or not active: nobody becomes two
 * people by coming back (SCM-9).
 */
export async function createPerson(
  transaction: TenantTransaction,
  write: ResourceWrite,
  content: Content,
): Promise<Written<StoredResource>> {
  const wanted = readPersonContent(content);
  const change = changeOf(write, directoryPersonId.create(write.at, write.chance), wanted);
  // Neither waits for the other.
  const firstLook = lookAtPerson(transaction, change);
  const [known] = await Promise.all([lockKnown(transaction, write, wanted), firstLook]);
  if (known.length > 0) return revive(transaction, write, whoComesBack(known, wanted), wanted);
  return add(transaction, change, wanted, firstLook);
}

const locking = `SELECT ${provisionedColumns}, p.version, p.document FROM directory_people p
  WHERE p.tenant_id = $1 AND p.id IN (
    SELECT id FROM directory_people WHERE directory_id = $2 AND user_name_key = $3
    UNION ALL SELECT id FROM directory_people WHERE tenant_id = $1 AND external_id = $4 AND directory_id = $2)
  ORDER BY p.id FOR NO KEY UPDATE OF p`;

async function lockKnown(
  transaction: TenantTransaction,
  { directory }: ResourceWrite,
  { profile: { userName, externalId } }: PersonContent,
): Promise<LockedPerson[]> {
  const values = [directory.tenantId, directory.id, userName.toLowerCase(), externalId];
  return (await transaction.rows(locking, values)).map(readLockedPerson);
}

async function add(
  transaction: TenantTransaction,
  change: PersonChange,
  content: PersonContent,
  firstLook: Promise<Situation>,
): Promise<Written<StoredResource>> {
  const write = (settled: Settled) => insertPerson(transaction, change, content, settled);
  const happenings = await settlePerson(transaction, change, { firstLook, write });
  const { id, at } = change;
  return { outcome: { id, version: 1, createdAt: at, updatedAt: at, content: content.document }, happenings };
}

const inserting = `INSERT INTO directory_people (id, tenant_id, directory_id, created_at, updated_at, version,
    ${writtenColumns}, ${standingColumns}, access_ended_at)
  SELECT $1, $2, $3, $4, $4, 1, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20
  WHERE NOT EXISTS (SELECT FROM directory_people WHERE tenant_id = $2 AND external_id = $7 AND directory_id = $3)
  ON CONFLICT DO NOTHING RETURNING id`;

/** Throws `Overtaken` where another request made the same person since this one looked. */
async function insertPerson(
  transaction: TenantTransaction,
  change: PersonChange,
  content: PersonContent,
  settled: Settled,
): Promise<void> {
  const { id, directory, at } = change;
  const row = await transaction.row(inserting, [
    ...[id, directory.tenantId, directory.id, at, ...writtenValues(content)],
    ...[...standingValues(settled), endOfAccess(change, settled).endedAt],
  ]);
  if (!row) throw new Overtaken(`${content.profile.userName} is there by now.`);
}

function changeOf(
  { directory, at, actor, chance, keyRing }: ResourceWrite,
  id: DirectoryPersonId,
  { profile: after }: PersonContent,
): PersonChange {
  return { directory, id, after, deleted: false, at, actor, chance, keyRing };
}

/** The userName says more than the externalId: it is unique among all, those who were deleted included. */
function whoComesBack(known: readonly LockedPerson[], { profile }: PersonContent): LockedPerson {
  const key = profile.userName.toLowerCase();
  const sameName = known.find(({ person }) => person.userName.toLowerCase() === key);
  const newest = known.findLast(({ person }) => !person.deletedAt) ?? known.at(-1);
  const found = sameName ?? newest;
  if (found && !isHere(found) && !isInTheWay(found, profile)) return found;
  const attribute = sameName ? 'userName' : 'externalId';
  const detail = `There is a User with this ${attribute} in this directory. Find it by a filter, and change it.`;
  throw new ScimError(409, detail, 'uniqueness');
}

/** Somebody else by all that is said, whose membership may still go on: nobody comes into that by a POST. */
function isInTheWay({ person }: LockedPerson, profile: ProvisionedProfile): boolean {
  return person.standing !== 'removed' && isSomebodyElse(person, profile);
}

function isHere({ person }: LockedPerson): boolean {
  return person.active && !person.deletedAt;
}

async function revive(
  transaction: TenantTransaction,
  write: ResourceWrite,
  before: LockedPerson,
  content: PersonContent,
): Promise<Written<StoredResource>> {
  const person = isSomebodyElse(before.person, content.profile)
    ? withoutAccount(before.person)
    : before.person;
  const { happenings } = await updatePerson(transaction, write, { ...before, person }, content);
  return { outcome: await findWritten(transaction, peopleTable, write, person.id), happenings };
}

/** A userName that is given out anew: with it nobody gets into the account of who had it, nor who had it into this one's. */
function isSomebodyElse(before: ProvisionedPerson, { externalId, email }: ProvisionedProfile): boolean {
  if (email === undefined || before.email === undefined) return false;
  const isOther =
    externalId !== undefined && before.externalId !== undefined && externalId !== before.externalId;
  return isOther && emailKey(email) !== emailKey(before.email);
}

function withoutAccount({ userId: _user, memberId: _member, ...rest }: ProvisionedPerson): ProvisionedPerson {
  return { ...rest, brought: false };
}
