import { keepDeletedMs, moveId, type Connection, type Move, type NewPerson } from '@gatehouse/core';
import { PostgresConnectionPurge, PostgresLinkStore, PostgresMemberStore, PostgresMoveStore } from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import {
  aLink,
  anExistingConnection,
  anExistingTenant,
  aPerson,
  because,
  chance,
  later,
  now,
} from '../testing/given';
import { inTenant } from '../transaction';

let database: TestDatabase;
let moves: PostgresMoveStore;
beforeAll(async () => {
  database = await createTestDatabase();
  moves = new PostgresMoveStore(database.app, chance);
});
afterAll(() => database.drop());

/** A member who is linked through `from`, on the list of an open move. */
async function aMoveOfOne(from: Connection, to: Connection): Promise<{ move: Move; ada: NewPerson }> {
  const { tenantId } = from;
  const ada = aPerson(tenantId);
  const old = aLink(from, ada);
  await new PostgresMemberStore(database.app, chance).add(tenantId, ada, because(tenantId));
  await new PostgresLinkStore(database.app, chance).add(tenantId, old, because(tenantId));
  const move: Move = {
    ...{ id: moveId.create(now, chance), tenantId, toConnectionId: to.id, fromConnectionId: from.id },
    ...{ issuer: 'https://idp.example', state: 'open', approvedBy: { kind: 'operator' } },
    ...{ approvedAt: now, expiresAt: later(60) },
  };
  const row = {
    moveId: move.id,
    tenantId,
    memberId: ada.member.id,
    email: ada.user.email,
    listed: false,
  } as const;
  const rows = [{ ...row, oldLinkId: old.id, oldSubject: old.subject, state: 'pending' } as const];
  await moves.open(tenantId, move, rows, because(tenantId, 'move.approved', move.id));
  return { move, ada };
}

async function purge({ tenantId, id }: Connection): Promise<void> {
  await inTenant(database.app, tenantId, (transaction) =>
    transaction.rows('UPDATE connections SET deleted_at = $2 WHERE id = $1', [id, now]),
  );
  const after = new Date(now.getTime() + keepDeletedMs);
  await expect(new PostgresConnectionPurge(database.app, chance).purge(after)).resolves.toBe(1);
}

describe('the record of a move', () => {
  it('outlives the connection that was left, whose links no longer let anybody follow [CON-10] [CON-15]', async () => {
    const acme = await anExistingTenant(database.app);
    const from = await anExistingConnection(database.app, acme.id);
    const to = await anExistingConnection(database.app, acme.id);
    const { move, ada } = await aMoveOfOne(from, to);
    await purge(from);
    await expect(moves.find(acme.id, to.id, move.id)).resolves.toEqual(move);
    const [listed] = await moves.members(acme.id, move.id, { limit: 10 });
    expect(listed).toMatchObject({ person: ada, row: { oldSubject: 'ada' }, linkedStill: false });
  });

  it('goes with the connection that people moved to [CON-10] [CON-15]', async () => {
    const acme = await anExistingTenant(database.app);
    const from = await anExistingConnection(database.app, acme.id);
    const to = await anExistingConnection(database.app, acme.id);
    const { move } = await aMoveOfOne(from, to);
    await purge(to);
    await expect(moves.find(acme.id, to.id, move.id)).resolves.toBeUndefined();
    await expect(moves.count(acme.id, move.id)).resolves.toMatchObject({ pending: 0 });
  });
});
