import {
  connectionId,
  directoryGroupId,
  directoryId,
  MemberList,
  mostCounted,
  type ListedMember,
  type MappingGroup,
  type MemberCount,
  type MemberId,
  type MemberLink,
  type MemberQuery,
  type TenantId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import type { Row } from '../row';
import { allInTenant, type Statement } from '../transaction';
import { counting, finding, listing } from './list-members';
import { readPerson } from './member.row';

// A plan that serves every filter serves none: each of these is planned for what it is asked.
const planAnew: Statement = { sql: 'SET LOCAL plan_cache_mode = force_custom_plan', values: [] };

export class PostgresMemberList extends MemberList {
  constructor(private readonly database: DataSource) {
    super();
  }

  async page(tenantId: TenantId, query: MemberQuery): Promise<ListedMember[]> {
    return (await this.#rows(tenantId, listing(tenantId, query))).map(readListedMember);
  }

  async count(tenantId: TenantId, query: Pick<MemberQuery, 'filter' | 'now'>): Promise<MemberCount> {
    const [row] = await this.#rows(tenantId, counting(tenantId, query));
    const counted = row?.integer('counted') ?? 0;
    return { counted: Math.min(counted, mostCounted), more: counted > mostCounted };
  }

  async find(tenantId: TenantId, id: MemberId): Promise<ListedMember | undefined> {
    return (await this.#rows(tenantId, finding(tenantId, id))).map(readListedMember)[0];
  }

  async #rows(tenantId: TenantId, statement: Statement): Promise<Row[]> {
    const [, rows = []] = await allInTenant(this.database, tenantId, [planAnew, statement]);
    return rows;
  }
}

function readListedMember(row: Row): ListedMember {
  const [signIn, group] = [row.optionalObject('last_sign_in'), row.optionalObject('role_from')];
  return {
    ...readPerson(row),
    links: row.optionalObjects('links').map(readLink),
    ...(signIn && { lastSignIn: { at: signIn.date('at'), via: signIn.text('via') } }),
    ...(group && { roleFrom: readGroup(group) }),
  };
}

function readGroup(row: Row): MappingGroup {
  return {
    directoryId: row.id('directory_id', directoryId),
    groupId: row.id('group_id', directoryGroupId),
    name: row.text('name'),
  };
}

function readLink(row: Row): MemberLink {
  return { connectionId: row.id('connection_id', connectionId), createdAt: row.date('created_at') };
}
