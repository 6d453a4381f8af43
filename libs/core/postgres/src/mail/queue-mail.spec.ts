import {
  KeyRing,
  mailId,
  sampleMessages,
  type MailMessage,
  type OpenedTask,
  type OutgoingMail,
} from '@gatehouse/core';
import { inDeployment } from '../deployment-transaction';
import { createTestDatabase, type TestDatabase } from '../testing';
import { anExistingTenant, chance, later, now } from '../testing/given';
import type { DataSource } from 'typeorm';
import { openDatabase } from '../database';
import { allInTenant, inTenant, rowsOf } from '../transaction';
import { PostgresTaskStore } from '../tasks/task.store';
import { forgetMails, takeMails } from '../testing/take-mails';
import { queueing, queueMail } from './queue-mail';

let database: TestDatabase;
let owner: DataSource;
const keyRing = new KeyRing([{ name: 'one', key: chance.bytes(32) }], chance);
const url = 'https://login.example/invitations#one-time-secret';
const invitation: MailMessage = {
  kind: 'invitation',
  organisation: 'Acme',
  inviter: 'Ada',
  url,
  expiresAt: later(60),
};

function aMail(message: MailMessage = invitation): OutgoingMail {
  return { id: mailId.create(now, chance), to: 'jane@acme.example', language: 'de', message, createdAt: now };
}

async function queued(mail: OutgoingMail): Promise<OutgoingMail> {
  await inDeployment(database.app, async (transaction) => {
    await queueMail(transaction, mail, keyRing);
    return true;
  });
  return mail;
}

/** As the owner sees them: the application's role may not read tasks. */
function rows() {
  return rowsOf(owner, 'SELECT id, kind, tenant_id, payload FROM tasks ORDER BY id');
}

/** Each that waits, in the hand of one worker. */
async function openAll(): Promise<OpenedTask[]> {
  const store = new PostgresTaskStore(database.app, keyRing, chance);
  const terms = { leaseMs: 60_000, most: 5, mostOfEach: 5 };
  const handed = await store.claimAnywhere('send-mail', terms, now);
  const opened = await Promise.all(handed.map((each) => store.open(each, terms.leaseMs, now)));
  return opened.filter((each) => each !== undefined);
}

beforeAll(async () => {
  database = await createTestDatabase();
  owner = await openDatabase({ url: database.ownerUrl, poolSize: 2 });
});
beforeEach(() => forgetMails(database.app));
afterAll(async () => {
  await owner.destroy();
  await database.drop();
});

const messages: MailMessage[] = Object.values(sampleMessages).flat();

describe('queueing a mail', () => {
  it.each(messages)('gives back what was queued, of every kind: $kind [WRK-3]', async (message) => {
    const mail = await queued(aMail(message));
    expect(await takeMails(database.app, keyRing, now)).toEqual([mail]);
  });

  it.each(['link-code', 'password-reset'] as const)(
    'puts a letter that somebody waits for before all others of its tenant: %s [WRK-1]',
    async (kind) => {
      const { id: tenant } = await anExistingTenant(database.app);
      const [message = invitation] = sampleMessages[kind];
      const waitedFor = { ...aMail(message), createdAt: later(20) };
      const all = [...Array.from({ length: 50 }, () => aMail()), waitedFor];
      await allInTenant(
        database.app,
        tenant,
        all.map((mail) => queueing(mail, keyRing)),
      );
      const store = new PostgresTaskStore(database.app, keyRing, chance);
      const terms = { leaseMs: 60_000, most: 1, mostOfEach: 1 };
      const [first] = await store.claimAnywhere('send-mail', terms, later(20));
      expect(first?.id).toBe(waitedFor.id);
      await forgetMails(database.app);
    },
  );

  it('leaves neither the address nor the one-time link readable in the table [OPS-6]', async () => {
    const mail = await queued(aMail());
    const [row] = await rows();
    expect(row?.text('id')).toBe(mail.id);
    expect(JSON.stringify(row?.record())).not.toMatch(/secret|jane|Acme/);
  });

  it('happens with its cause or not at all, in the transaction of a tenant as well [WRK-3]', async () => {
    const acme = await anExistingTenant(database.app);
    const undone = inTenant(database.app, acme.id, async (transaction) => {
      await queueMail(transaction, aMail(), keyRing);
      throw new Error('The cause failed.');
    });
    await expect(undone).rejects.toThrow('The cause failed.');
    await expect(rows()).resolves.toEqual([]);
    await allInTenant(database.app, acme.id, [queueing(aMail(), keyRing)]);
    await expect(rows()).resolves.toHaveLength(1);
  });

  it('refuses to open a content that was moved to another mail [OPS-6]', async () => {
    await queued(aMail());
    await queued(aMail());
    await rowsOf(owner, 'UPDATE tasks SET payload = (SELECT max(payload) FROM tasks)');
    const opened = (await openAll()).map((letter) => {
      try {
        return JSON.stringify(letter.read().payload);
      } catch {
        return 'refused';
      }
    });
    expect(opened).toHaveLength(2);
    expect(opened).toContain('refused');
    expect(opened).toContainEqual(expect.stringContaining('jane@acme.example'));
  });

  it('says which key is missing, and hands the other mails out all the same', async () => {
    const before = new KeyRing([{ name: 'gone', key: chance.bytes(32) }], chance);
    const [lost, kept] = [aMail(), aMail()];
    const { id } = await anExistingTenant(database.app);
    await allInTenant(database.app, id, [queueing(lost, before), queueing(kept, keyRing)]);
    const due = new Map((await openAll()).map((each) => [each.id, each]));
    expect(() => due.get(lost.id)?.read()).toThrow('"gone"');
    expect(due.get(kept.id)?.read().payload).toEqual(kept);
  });
});
