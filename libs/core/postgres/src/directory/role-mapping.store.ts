import {
  affectedGroups,
  directoryGroupId,
  emailKey,
  RoleMappingStore,
  type Chance,
  type DirectoryGroupId,
  type DirectoryId,
  type DirectoryPersonId,
  type ListedGroup,
  type ListedMapping,
  type MappingOutcome,
  type MappingRevision,
  type NoSuch,
  type Page,
  type RoleMapping,
  type RoleMove,
  type TenantId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { noteAll } from '../note-all';
import { inTenant, rowsInTenant, type TenantTransaction } from '../transaction';
import { describeMoves } from './apply-mapped-roles';
import { describeMappings } from './describe-mappings';
import { moveRoles, type RolesMoved } from './move-roles';
import { lockPeople, showMoves } from './people-of-groups';
import { listingMappings, readMapping } from './role-mapping.row';
import { lockDirectory, lockGroups, writeMappings } from './write-mappings';
import type { DecidedMember } from './write-mapped-roles';

/** More would make statements that nobody wants to hold in memory. */
const mostAtOnce = 5000;

export class PostgresRoleMappingStore extends RoleMappingStore {
  constructor(
    private readonly database: DataSource,
    private readonly chance: Chance,
  ) {
    super();
  }

  async list(tenantId: TenantId, directoryId: DirectoryId): Promise<ListedMapping[]> {
    const { sql, values } = listingMappings(tenantId, directoryId);
    return (await rowsInTenant(this.database, tenantId, sql, values)).map(readMapping);
  }

  async groups(
    tenantId: TenantId,
    directoryId: DirectoryId,
    { after, limit }: Page,
    beginning?: string,
  ): Promise<ListedGroup[]> {
    const key = beginning === undefined ? null : emailKey(beginning);
    const rows = await rowsInTenant(
      this.database,
      tenantId,
      `SELECT g.id, g.display_name,
         (SELECT count(*)::integer FROM directory_group_members m WHERE m.group_id = g.id) AS members
       FROM directory_groups g WHERE g.tenant_id = $1 AND g.directory_id = $2 AND g.id > $3
         AND ($4::text IS NULL OR starts_with(g.display_name_key, $4)) ORDER BY g.id LIMIT $5`,
      [tenantId, directoryId, after ?? '', key, limit],
    );
    return rows.map((row) => ({
      id: row.id('id', directoryGroupId),
      name: row.text('display_name'),
      members: row.integer('members'),
    }));
  }

  revise(tenantId: TenantId, revision: MappingRevision): Promise<MappingOutcome | NoSuch> {
    const work = (transaction: TenantTransaction) => this.#revise(transaction, revision);
    return inTenant(this.database, tenantId, work, (outcome) => typeof outcome !== 'string');
  }

  rehearse(tenantId: TenantId, revision: MappingRevision): Promise<MappingOutcome | NoSuch> {
    const work = (transaction: TenantTransaction) => this.#revise(transaction, revision);
    return inTenant(this.database, tenantId, work, () => false);
  }

  async #revise(transaction: TenantTransaction, revision: MappingRevision): Promise<MappingOutcome | NoSuch> {
    const { directoryId } = revision;
    if (!(await lockDirectory(transaction, directoryId))) return 'no-directory';
    const before = await mappingsOf(transaction, directoryId);
    const after = revision.revise(before);
    const groups = groupsToLookAt(revision, before, after);
    if (!(await lockGroups(transaction, directoryId, groups))) return 'no-group';
    await writeMappings(transaction, directoryId, after);
    const people = await lockPeople(transaction, directoryId, groups, revision.everybody);
    const roles = await moveAll(transaction, directoryId, people);
    const moves = roles.moved.map(readMove);
    revision.judge(moves);
    const facts = [
      ...describeMappings(transaction.tenantId, revision, before, after),
      ...describeMoves(transaction.tenantId, revision, roles),
    ];
    for (const some of inBatches(facts)) await noteAll(transaction, some, this.chance);
    return {
      mappings: await mappingsOf(transaction, directoryId),
      moves: moves.length,
      shown: await showMoves(transaction, moves),
      ...(roles.held && { keptOwner: roles.held.memberId }),
    };
  }
}

async function mappingsOf(
  transaction: TenantTransaction,
  directoryId: DirectoryId,
): Promise<ListedMapping[]> {
  const { sql, values } = listingMappings(transaction.tenantId, directoryId);
  return (await transaction.rows(sql, values)).map(readMapping);
}

function groupsToLookAt(
  { everybody }: MappingRevision,
  before: readonly RoleMapping[],
  after: readonly RoleMapping[],
): readonly DirectoryGroupId[] {
  return everybody ? after.map(({ groupId }) => groupId) : affectedGroups(before, after);
}

/** The tenant's row comes before its members in the order of locks: of many people some may be owners. */
async function moveAll(
  transaction: TenantTransaction,
  directoryId: DirectoryId,
  people: readonly DirectoryPersonId[],
): Promise<RolesMoved> {
  await transaction.rows('SELECT id FROM tenants WHERE id = $1 FOR NO KEY UPDATE', [transaction.tenantId]);
  const moved: DecidedMember[] = [];
  let held: DecidedMember | undefined;
  for (const some of inBatches(people)) {
    const roles = await moveRoles(transaction, { directoryId, people: some });
    moved.push(...roles.moved);
    held = roles.held ?? held;
  }
  return { moved, ...(held && { held }) };
}

function* inBatches<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += mostAtOnce) yield items.slice(from, from + mostAtOnce);
}

function readMove({ memberId, personId, member, decision }: DecidedMember): RoleMove {
  const { role: after, roleMappedBy: mappedBy } = decision.member;
  return { memberId, personId, before: member.role, after, ...(mappedBy !== undefined && { mappedBy }) };
}
