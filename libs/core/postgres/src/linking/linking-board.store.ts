import {
  boardStandings,
  LinkingBoardStore,
  unaskedReasons,
  type BoardCounts,
  type BoardFacts,
  type BoardMember,
  type BoardPage,
  type TenantId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { readPerson } from '../members/member.row';
import type { Row } from '../row';
import { allInTenant, type Statement } from '../transaction';
import { readLinkRequest } from './link-request.row';
import { countingBoard, listingBoard } from './read-board';

// A plan that serves every filter serves none: each of these is planned for what it is asked.
const planAnew: Statement = { sql: 'SET LOCAL plan_cache_mode = force_custom_plan', values: [] };

export class PostgresLinkingBoardStore extends LinkingBoardStore {
  constructor(private readonly database: DataSource) {
    super();
  }

  async count(tenantId: TenantId, facts: BoardFacts): Promise<BoardCounts> {
    const rows = await this.#rows(tenantId, countingBoard(tenantId, facts));
    const counted = rows.map((row) => ({
      standing: row.oneOf('standing', boardStandings),
      reason: row.optionalText('reason'),
      members: row.integer('members'),
    }));
    const sum = (which: (each: (typeof counted)[number]) => boolean) =>
      counted.filter(which).reduce((total, { members }) => total + members, 0);
    return {
      total: sum(() => true),
      standings: tally(boardStandings, (wanted) => sum(({ standing }) => standing === wanted)),
      reasons: tally(unaskedReasons, (wanted) => sum(({ reason }) => reason === wanted)),
    };
  }

  async page(tenantId: TenantId, page: BoardPage & BoardFacts): Promise<BoardMember[]> {
    return (await this.#rows(tenantId, listingBoard(tenantId, page))).map(readBoardMember);
  }

  async #rows(tenantId: TenantId, statement: Statement): Promise<Row[]> {
    const [, rows = []] = await allInTenant(this.database, tenantId, [planAnew, statement]);
    return rows;
  }
}

function tally<K extends string>(kinds: readonly K[], count: (kind: K) => number): Record<K, number> {
  const counts: Partial<Record<K, number>> = {};
  for (const kind of kinds) counts[kind] = count(kind);
  if (isWhole(counts, kinds)) return counts;
  throw new Error('Not every kind was counted.');
}

function isWhole<K extends string>(
  counts: Partial<Record<K, number>>,
  kinds: readonly K[],
): counts is Record<K, number> {
  return kinds.every((kind) => counts[kind] !== undefined);
}

function readBoardMember(row: Row): BoardMember {
  const [request, linkedAt] = [row.optionalObject('request'), row.optionalDate('linked_at')];
  return {
    ...readPerson(row),
    standing: row.oneOf('standing', boardStandings),
    ...(request && { request: readLinkRequest(request) }),
    ...(linkedAt && { linkedAt }),
    ...(row.optionalText('reason') !== undefined && { reason: row.oneOf('reason', unaskedReasons) }),
  };
}
