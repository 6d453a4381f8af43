import {
  moveId,
  type Connection,
  type LinkStore,
  type Move,
  type MovingMember,
  type NewPerson,
  type Tenant,
} from '@gatehouse/core';
import {
  PostgresAuditLog,
  PostgresLinkStore,
  PostgresMemberStore,
  PostgresMoveStore,
  PostgresSessionStore,
} from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import {
  aLink,
  anExistingConnection,
  anExistingTenant,
  aPerson,
  aSession,
  because,
  chance,
  later,
  now,
} from '../testing/given';
import { aMemberOf } from '../testing/given-enforcement';
import { aServingConnection, aVerifiedDomain, LinkingDesk, requestOf } from '../testing/given-linking';
import { inTenant } from '../transaction';

const issuer = 'https://idp.example';

let database: TestDatabase;
let moves: PostgresMoveStore;
let links: LinkStore;
let acme: Tenant;
let from: Connection;
let to: Connection;

beforeAll(async () => {
  database = await createTestDatabase();
  moves = new PostgresMoveStore(database.app, chance);
  links = new PostgresLinkStore(database.app, chance);
});
beforeEach(async () => {
  acme = await anExistingTenant(database.app);
  from = await anExistingConnection(database.app, acme.id);
  to = await anExistingConnection(database.app, acme.id);
});
afterAll(() => database.drop());

/** A member who is linked through the old connection. */
async function aMovingPerson(): Promise<NewPerson> {
  const person = aPerson(acme.id);
  await new PostgresMemberStore(database.app, chance).add(acme.id, person, because(acme.id));
  await links.add(acme.id, aLink(from, person, `old-${person.user.id}`), because(acme.id));
  return person;
}

function aMove(given: Partial<Move> = {}): Move {
  return {
    ...{
      id: moveId.create(now, chance),
      tenantId: acme.id,
      toConnectionId: to.id,
      fromConnectionId: from.id,
    },
    ...{ issuer, state: 'open', approvedBy: { kind: 'operator' }, approvedAt: now, expiresAt: later(60) },
    ...given,
  };
}

function aRow(move: Move, { user, member }: NewPerson, given: Partial<MovingMember> = {}): MovingMember {
  return {
    ...{ moveId: move.id, tenantId: acme.id, memberId: member.id, email: user.email },
    ...{ oldLinkId: 'link_00000000000000000000000000', oldSubject: 'old', listed: false, state: 'pending' },
    ...given,
  };
}

async function anOpenMove(people: readonly NewPerson[], given: Partial<Move> = {}): Promise<Move> {
  const move = aMove(given);
  const rows = people.map((person) => aRow(move, person));
  await expect(moves.open(acme.id, move, rows, because(acme.id, 'move.approved', move.id))).resolves.toBe(
    'opened',
  );
  return move;
}

function follow(move: Move, person: NewPerson, subject = `new-${person.user.id}`, at = now) {
  const link = { ...aLink(to, person, subject), createdAt: at };
  const row = { moveId: move.id, memberId: person.member.id };
  return moves.follow(acme.id, row, link, because(acme.id, 'member.relinked', person.member.id));
}

function isLinked(connection: Connection, subject: string) {
  return links.findPerson(acme.id, connection.id, { issuer, subject }).then((person) => person !== undefined);
}

function pendingFor(person: NewPerson, given: { issuer?: string; subject?: string; at?: Date } = {}) {
  const identity = { issuer, subject: 'unknown', email: person.user.email.toUpperCase(), ...given };
  return moves.pendingFor(acme.id, to.id, identity, given.at ?? now);
}

async function noted(type: string): Promise<unknown[]> {
  const entries = await new PostgresAuditLog(database.app, chance).list(acme.id, { limit: 200 });
  return entries.filter((entry) => entry.type === type).map(({ data }) => data);
}

describe('the store of moves', () => {
  it('finds everybody who is linked through the connection that is left, and how [CON-10]', async () => {
    const [ada, bob] = [await aMovingPerson(), await aMovingPerson()];
    await links.add(acme.id, aLink(from, ada, 'another'), because(acme.id));
    await links.add(acme.id, aLink(to, bob, 'b-2'), because(acme.id));
    const found = await moves.candidates(acme.id, from.id, to.id);
    expect(found.map(({ person }) => person)).toEqual([ada, bob].toSorted(byMember));
    const hers = found.find(({ person }) => person.member.id === ada.member.id);
    expect(hers?.links.map(({ subject }) => subject).toSorted()).toEqual(['another', `old-${ada.user.id}`]);
    expect(found.map(({ person, linkedThere }) => [person.user.id, linkedThere])).toContainEqual([
      bob.user.id,
      true,
    ]);
    expect(hers?.linkedThere).toBe(false);
  });

  it('knows which subjects of the target are somebody’s, each compared exactly [CON-10]', async () => {
    const bob = await aMovingPerson();
    await links.add(acme.id, aLink(to, bob, 'b-2'), because(acme.id));
    const taken = (from = issuer) => moves.takenSubjects(acme.id, to.id, from, ['B-2', 'b-2', 'x']);
    await expect(taken()).resolves.toEqual(new Set(['b-2']));
    await expect(taken('https://other.example')).resolves.toEqual(new Set());
  });

  it('returns a move and its list as they were approved [CON-10]', async () => {
    const [ada, bob] = [await aMovingPerson(), await aMovingPerson()];
    const move = aMove();
    const rows = [
      aRow(move, ada, { expectedSubject: 'a-1', listed: true }),
      aRow(move, bob, { state: 'cannot', reason: 'suspended' }),
    ];
    await moves.open(acme.id, move, rows, because(acme.id, 'move.approved', move.id));
    await expect(moves.find(acme.id, to.id, move.id)).resolves.toEqual(move);
    await expect(moves.list(acme.id, to.id)).resolves.toEqual([move]);
    await expect(moves.find(acme.id, from.id, move.id)).resolves.toBeUndefined();
    const listed = await moves.members(acme.id, move.id, { limit: 10 });
    expect(listed.map(({ row }) => row)).toEqual(
      rows.toSorted((one, other) => (one.memberId < other.memberId ? -1 : 1)),
    );
    expect(listed.every(({ linkedStill, linkedThere }) => linkedStill && !linkedThere)).toBe(true);
    const rest = await moves.members(acme.id, move.id, { after: listed[0]?.row.memberId ?? '', limit: 10 });
    expect(rest).toEqual(listed.slice(1));
    await expect(moves.count(acme.id, move.id)).resolves.toEqual({
      ...{ pending: 1, cannot: 1 },
      ...{ followed: 0, undone: 0 },
    });
    await expect(noted('move.approved')).resolves.toHaveLength(1);
  });

  it('opens one move for a target, also when several are approved at once [CON-10]', async () => {
    const open = () => {
      const move = aMove();
      return moves.open(acme.id, move, [], because(acme.id, 'move.approved', move.id));
    };
    const outcomes = await Promise.all([open(), open(), open(), open()]);
    expect(outcomes.filter((outcome) => outcome === 'opened')).toHaveLength(1);
    await expect(noted('move.approved')).resolves.toHaveLength(1);
  });

  it('closes a move that has expired when the next one is approved [CON-10]', async () => {
    const expired = await anOpenMove([], { approvedAt: later(-120), expiresAt: later(-60) });
    const next = await anOpenMove([]);
    const states = (await moves.list(acme.id, to.id)).map(({ id, state }) => [id, state]);
    expect(states.toSorted()).toEqual(
      [
        [expired.id, 'expired'],
        [next.id, 'open'],
      ].toSorted(),
    );
  });

  it('finds who may follow by subject or e-mail while the move is open, of the approved issuer only [CON-10]', async () => {
    const [ada, bob] = [await aMovingPerson(), await aMovingPerson()];
    const move = aMove();
    const rows = [aRow(move, ada), aRow(move, bob, { expectedSubject: 'b-2' })];
    await moves.open(acme.id, move, rows, because(acme.id, 'move.approved', move.id));
    const found = async (...asked: Parameters<typeof pendingFor>) =>
      (await pendingFor(...asked)).map(({ row }) => row.memberId).toSorted();
    await expect(found(ada)).resolves.toEqual([ada.member.id]);
    await expect(found(ada, { subject: 'b-2' })).resolves.toEqual([ada.member.id, bob.member.id].toSorted());
    await expect(found(ada, { issuer: 'https://other.example' })).resolves.toEqual([]);
    await expect(found(ada, { at: move.expiresAt })).resolves.toEqual([]);
    const identity = { issuer, subject: 'unknown', email: ada.user.email };
    await expect(moves.pendingFor(acme.id, from.id, identity, now)).resolves.toEqual([]);
  });

  it('adds the link and marks the row together, for the first of many only [CON-10] [LNK-1]', async () => {
    const ada = await aMovingPerson();
    const move = await anOpenMove([ada]);
    const outcomes = await Promise.all(
      ['1', '2', '3', '4', '5', '6'].map((subject) => follow(move, ada, subject)),
    );
    expect(outcomes.filter((outcome) => outcome === 'followed')).toHaveLength(1);
    const linked = await Promise.all(['1', '2', '3', '4', '5', '6'].map((subject) => isLinked(to, subject)));
    expect(linked.filter((each) => each)).toHaveLength(1);
    await expect(noted('member.relinked')).resolves.toHaveLength(1);
    const [listed] = await moves.members(acme.id, move.id, { limit: 10 });
    expect(listed?.row).toMatchObject({ state: 'followed', followedAt: now });
    await expect(isLinked(from, `old-${ada.user.id}`)).resolves.toBe(true);
  });

  it('leaves the row pending where the identity is linked to somebody else [CON-10]', async () => {
    const [ada, bob] = [await aMovingPerson(), await aMovingPerson()];
    await links.add(acme.id, aLink(to, bob, 'b-2'), because(acme.id));
    const move = await anOpenMove([ada]);
    await expect(follow(move, ada, 'b-2')).resolves.toBe('gone');
    await expect(moves.count(acme.id, move.id)).resolves.toMatchObject({ pending: 1, followed: 0 });
    await expect(noted('member.relinked')).resolves.toEqual([]);
  });

  it('lets nobody follow a move that expired, was cancelled, or finished meanwhile [CON-10]', async () => {
    const ada = await aMovingPerson();
    const move = await anOpenMove([ada]);
    await expect(follow(move, ada, 'a-1', move.expiresAt)).resolves.toBe('gone');
    await moves.cancel(acme.id, move, false, because(acme.id, 'move.cancelled', move.id));
    await expect(follow(move, ada, 'a-1')).resolves.toBe('gone');
    const next = await anOpenMove([ada]);
    await moves.finish(acme.id, next, 1, because(acme.id, 'move.finished', next.id));
    await expect(follow(next, ada, 'a-1')).resolves.toBe('gone');
    await expect(isLinked(to, 'a-1')).resolves.toBe(false);
  });

  it.each(['unlinked_at', 'suspended_at'])(
    'lets nobody follow whose %s was set a moment ago [CON-10] [LNK-10]',
    async (column) => {
      const ada = await aMovingPerson();
      const move = await anOpenMove([ada]);
      await inTenant(database.app, acme.id, (transaction) =>
        transaction.rows(`UPDATE members SET ${column} = $2 WHERE id = $1`, [ada.member.id, now]),
      );
      await expect(follow(move, ada, 'late')).resolves.toBe('gone');
      await expect(isLinked(to, 'late')).resolves.toBe(false);
    },
  );

  it('leaves no link behind who is unlinked in the same moment [CON-10] [LNK-10]', async () => {
    const people = await Promise.all(Array.from({ length: 8 }, aMovingPerson));
    const move = await anOpenMove(people);
    const desk = new LinkingDesk(database.app);
    const unlinking = people.map(({ member }) =>
      desk.links.unlink(acme.id, member, undefined, because(acme.id, 'member.unlinked', member.id)),
    );
    await Promise.all([...unlinking, ...people.map((person) => follow(move, person))]);
    const linked = await Promise.all(people.map(({ user }) => isLinked(to, `new-${user.id}`)));
    expect(linked.some((each) => each)).toBe(false);
  });

  it('voids the letter that asked who followed to link [CON-10] [LNK-3]', async () => {
    const domain = await aVerifiedDomain(database.app, acme);
    const serving = await aServingConnection(database.app, acme);
    const ada = await aMemberOf(database.app, acme, { email: `ada@${domain}` });
    const desk = new LinkingDesk(database.app);
    await desk.requests.askAll(acme.id, serving.id);
    const [letter] = await desk.mails();
    if (!letter) throw new Error('Nobody was asked.');
    const move = await anOpenMove([ada]);
    await expect(follow(move, ada)).resolves.toBe('followed');
    await expect(desk.store.use(acme.id, requestOf(letter), desk.linking(serving, ada))).resolves.toBe(
      'gone',
    );
  });

  it('either lets a member follow before the end of a move, or not at all [CON-10]', async () => {
    const people = await Promise.all(Array.from({ length: 6 }, aMovingPerson));
    const move = await anOpenMove(people);
    const [cancelled, ...outcomes] = await Promise.all([
      moves.cancel(acme.id, move, true, because(acme.id, 'move.cancelled', move.id)),
      ...people.map((person) => follow(move, person)),
    ]);
    const followed = outcomes.filter((outcome) => outcome === 'followed').length;
    expect(cancelled).toMatchObject({ kind: 'cancelled', linksRemoved: followed });
    const linked = await Promise.all(people.map(({ user }) => isLinked(to, `new-${user.id}`)));
    expect(linked.some((each) => each)).toBe(false);
  });

  it('finishes with the confirmed number only, and takes old links of nobody but those who followed [CON-10]', async () => {
    const [ada, bob, eve] = [await aMovingPerson(), await aMovingPerson(), await aMovingPerson()];
    const move = await anOpenMove([ada, bob, eve]);
    for (const person of [ada, eve]) await follow(move, person);
    // Eve was unlinked at the target afterwards: the old link is all that she has.
    await inTenant(database.app, acme.id, (transaction) =>
      transaction.rows('DELETE FROM links WHERE connection_id = $1 AND user_id = $2', [to.id, eve.user.id]),
    );
    const finish = (confirmed: number) =>
      moves.finish(acme.id, move, confirmed, because(acme.id, 'move.finished', move.id));
    await expect(finish(0)).resolves.toEqual({ kind: 'unconfirmed', pending: 1 });
    await expect(finish(1)).resolves.toEqual({ kind: 'finished', linksRemoved: 1 });
    await expect(finish(1)).resolves.toEqual({ kind: 'not-open' });
    const left = await Promise.all([ada, bob, eve].map(({ user }) => isLinked(from, `old-${user.id}`)));
    expect(left).toEqual([false, true, true]);
    await expect(noted('move.finished')).resolves.toMatchObject([
      { pending: 1, followed: 2, linksRemoved: 1 },
    ]);
  });

  it('undoes what followed, sessions included and announced, but takes nobody’s last link [CON-10] [SES-3]', async () => {
    const [ada, bob] = [await aMovingPerson(), await aMovingPerson()];
    const move = await anOpenMove([ada, bob]);
    for (const person of [ada, bob]) await follow(move, person);
    const sessions = new PostgresSessionStore(database.app, chance);
    for (const session of [aSession(ada, to), aSession(ada, from), aSession(bob, to)])
      await sessions.open(acme.id, session, because(acme.id, 'sign_in.succeeded'));
    await inTenant(database.app, acme.id, (transaction) =>
      transaction.rows('DELETE FROM links WHERE connection_id = $1 AND user_id = $2', [from.id, bob.user.id]),
    );
    const undone = moves.cancel(acme.id, move, true, because(acme.id, 'move.cancelled', move.id));
    await expect(undone).resolves.toEqual({ kind: 'cancelled', linksRemoved: 1, sessionsEnded: 1 });
    const there = await Promise.all([ada, bob].map(({ user }) => isLinked(to, `new-${user.id}`)));
    expect(there).toEqual([false, true]);
    await expect(noted('session.ended')).resolves.toEqual([{ moveId: move.id, connectionId: to.id }]);
    await expect(moves.count(acme.id, move.id)).resolves.toMatchObject({ followed: 1, undone: 1 });
  });

  it('shows and ends no move of another tenant [CON-10] [SEC-3]', async () => {
    const ada = await aMovingPerson();
    const move = await anOpenMove([ada]);
    const globex = await anExistingTenant(database.app);
    await expect(moves.find(globex.id, to.id, move.id)).resolves.toBeUndefined();
    await expect(moves.members(globex.id, move.id, { limit: 10 })).resolves.toEqual([]);
    await expect(moves.candidates(globex.id, from.id, to.id)).resolves.toEqual([]);
    const ended = moves.cancel(globex.id, move, true, because(globex.id, 'move.cancelled', move.id));
    await expect(ended).resolves.toEqual({ kind: 'not-open' });
    await expect(
      moves.open(globex.id, aMove(), [], because(globex.id, 'move.approved', move.id)),
    ).rejects.toThrow('row-level security');
  });
});

function byMember(one: NewPerson, other: NewPerson): number {
  return one.member.id < other.member.id ? -1 : 1;
}
