import { directoryId, removalHoldId, tenantId, type RemovalHold, type WaitingHold } from '@gatehouse/core';
import { readActor } from '../audit/audit-entry.row';
import type { Row } from '../row';

/** What to select for `readWaitingHold`; conditions on `h` follow. */
export const waitingHolds = `SELECT to_jsonb(h) AS hold, (SELECT count(*)::integer FROM directory_people p
    WHERE p.tenant_id = $1 AND p.held_by = h.id) AS people FROM removal_holds h WHERE h.tenant_id = $1`;

export function readWaitingHold(row: Row): WaitingHold {
  return { ...readRemovalHold(row.object('hold')), people: row.integer('people') };
}

function readRemovalHold(row: Row): RemovalHold {
  const [decidedAt, decidedBy] = [row.optionalDate('decided_at'), row.optionalObject('decided_by')];
  return {
    id: row.id('id', removalHoldId),
    tenantId: row.id('tenant_id', tenantId),
    directoryId: row.id('directory_id', directoryId),
    reason: row.oneOf('reason', ['too-many', 'last-owner']),
    openedAt: row.date('opened_at'),
    ...(decidedAt && { decision: row.oneOf('decision', ['approved', 'refused']), decidedAt }),
    ...(decidedBy && { decidedBy: readActor(decidedBy) }),
  };
}
