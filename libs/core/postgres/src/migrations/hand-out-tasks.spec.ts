import { KeyRing, mailId, type OutgoingMail } from '@gatehouse/core';
import { describeDatabase } from '../index';
import { sealMail } from '../mail/mail.row';
import { createTestDatabase, takeMails, type TestDatabase } from '../testing';
import { anExistingTenant, chance, later, now } from '../testing/given';
import { inTenant, rowsOf } from '../transaction';
import { HandOutTasks1790000000038 } from './1790000000038-hand-out-tasks';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const keyRing = new KeyRing([{ name: 'one', key: chance.bytes(32) }], chance);

function aMail(): OutgoingMail {
  const id = mailId.create(now, chance);
  return {
    id,
    to: 'jane@acme.example',
    language: 'de',
    message: { kind: 'password-changed' },
    createdAt: now,
  };
}

// As the version before wrote it.
const writing = 'INSERT INTO mails (id, sealed, created_at, due_at, attempts) VALUES ($1, $2, $3, $3, 0)';
const valuesOf = (mail: OutgoingMail) => [mail.id, sealMail(mail, keyRing), mail.createdAt];

/** Takes the schema back to the version before, and forward again. */
async function upgrade(meanwhile: () => Promise<void>): Promise<void> {
  const owner = await describeDatabase({ url: database.ownerUrl }).initialize();
  const runner = owner.createQueryRunner();
  const migration = new HandOutTasks1790000000038();
  await migration.down(runner);
  await meanwhile();
  await migration.up(runner);
  await runner.release();
  await owner.destroy();
}

async function asOwner(sql: string): Promise<unknown> {
  const owner = await describeDatabase({ url: database.ownerUrl }).initialize();
  const rows: unknown = await owner.query(sql);
  await owner.destroy();
  return rows;
}

describe('an upgrade to mails that are tasks', () => {
  it('keeps every mail that waits, and when it is due [OPS-5] [WRK-3]', async () => {
    const [fresh, failed] = [aMail(), aMail()];
    await upgrade(async () => {
      for (const mail of [fresh, failed]) await rowsOf(database.app, writing, valuesOf(mail));
      const sql = `UPDATE mails SET attempts = 3, last_error = '451', due_at = $2 WHERE id = $1`;
      await rowsOf(database.app, sql, [failed.id, later(30)]);
    });
    expect(await asOwner('SELECT count(*)::integer AS left FROM mails')).toEqual([{ left: 0 }]);
    expect(await takeMails(database.app, keyRing, later(29))).toEqual([fresh]);
    expect(await takeMails(database.app, keyRing, later(30))).toEqual([failed]);
  });

  it('takes what a server of the version before still queues, in the name of its tenant [OPS-5] [WRK-3]', async () => {
    const acme = await anExistingTenant(database.app);
    const [ours, theirs, undone] = [aMail(), aMail(), aMail()];
    await rowsOf(database.app, writing, valuesOf(theirs));
    await inTenant(database.app, acme.id, (transaction) => transaction.rows(writing, valuesOf(ours)));
    await inTenant(
      database.app,
      acme.id,
      (transaction) => transaction.rows(writing, valuesOf(undone)),
      () => false,
    );
    expect(await asOwner('SELECT id, tenant_id FROM tasks ORDER BY tenant_id NULLS LAST')).toEqual([
      { id: ours.id, tenant_id: acme.id },
      { id: theirs.id, tenant_id: null },
    ]);
    expect(await rowsOf(database.app, 'SELECT id FROM mails')).toEqual([]);
    expect(await takeMails(database.app, keyRing, now)).toHaveLength(2);
  });
});
