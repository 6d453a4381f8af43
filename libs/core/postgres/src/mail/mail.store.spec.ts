import {
  KeyRing,
  mailId,
  sampleMessages,
  type DeploymentHappening,
  type MailMessage,
  type OutgoingMail,
} from '@gatehouse/core';
import { PostgresDeploymentAuditLog } from '../audit/deployment-audit-log';
import { inDeployment } from '../deployment-transaction';
import { createTestDatabase, type TestDatabase } from '../testing';
import { anExistingTenant, chance, later, now } from '../testing/given';
import { allInTenant, inTenant, rowsOf } from '../transaction';
import { PostgresMailStore } from './mail.store';
import { queueing, queueMail } from './queue-mail';

let database: TestDatabase;
let store: PostgresMailStore;
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

function rows() {
  return rowsOf(database.app, 'SELECT id, sealed, attempts, last_error FROM mails ORDER BY id');
}

beforeAll(async () => {
  database = await createTestDatabase();
  store = new PostgresMailStore(database.app, keyRing, chance);
});
beforeEach(async () => void (await rowsOf(database.app, 'DELETE FROM mails')));
afterAll(() => database.drop());

const messages: MailMessage[] = Object.values(sampleMessages).flat();

describe('queueing a mail', () => {
  it.each(messages)('gives back what was queued, of every kind: $kind [WRK-3]', async (message) => {
    const mail = await queued(aMail(message));
    const [due] = await store.claimAnywhere(5, now);
    expect(due?.open()).toEqual(mail);
  });

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
    await rowsOf(database.app, 'UPDATE mails SET sealed = (SELECT max(sealed) FROM mails)');
    const opened = (await store.claimAnywhere(5, now)).map((due) => {
      try {
        return due.open().to;
      } catch {
        return 'refused';
      }
    });
    expect(opened.sort()).toEqual(['jane@acme.example', 'refused']);
  });

  it('says which key is missing, and hands the other mails out all the same', async () => {
    const before = new KeyRing([{ name: 'gone', key: chance.bytes(32) }], chance);
    const [lost, kept] = [aMail(), aMail()];
    const { id } = await anExistingTenant(database.app);
    await allInTenant(database.app, id, [queueing(lost, before), queueing(kept, keyRing)]);
    const due = new Map((await store.claimAnywhere(5, now)).map((each) => [each.id, each]));
    expect(() => due.get(lost.id)?.open()).toThrow('"gone"');
    expect(due.get(kept.id)?.open()).toEqual(kept);
  });
});

describe('sending mails', () => {
  it('hands each mail to one of many workers [WRK-3]', async () => {
    for (let index = 0; index < 20; index++) await queued(aMail());
    const claims = await Promise.all(Array.from({ length: 8 }, () => store.claimAnywhere(5, now)));
    const ids = claims.flat().map(({ id }) => id);
    expect([ids.length, new Set(ids).size]).toEqual([20, 20]);
  });

  it('gives a mail again when its worker died, and forgets it once it was delivered [WRK-3]', async () => {
    const { id } = await queued(aMail());
    await expect(store.claimAnywhere(5, now)).resolves.toMatchObject([{ id, attempts: 1, createdAt: now }]);
    await expect(store.claimAnywhere(5, later(9))).resolves.toEqual([]);
    await expect(store.claimAnywhere(5, later(10))).resolves.toMatchObject([{ id, attempts: 2 }]);
    await store.delivered(id);
    await expect(rows()).resolves.toEqual([]);
  });

  it('keeps what failed until the moment that was named [WRK-3]', async () => {
    const { id } = await queued(aMail());
    await store.claimAnywhere(5, now);
    await store.failed(id, '451 try later', later(15));
    await expect(store.claimAnywhere(5, later(14))).resolves.toEqual([]);
    await expect(store.claimAnywhere(5, later(15))).resolves.toHaveLength(1);
    expect((await rows())[0]?.text('last_error')).toBe('451 try later');
  });

  it('records once that a mail was given up, and forgets it [AUD-1]', async () => {
    const { id } = await queued(aMail());
    const because: DeploymentHappening = {
      type: 'mail.given_up',
      at: now,
      actor: { kind: 'system' },
      subject: id,
      data: { kind: 'invitation' },
    };
    await store.givenUp(id, because);
    await store.givenUp(id, because);
    await expect(rows()).resolves.toEqual([]);
    const entries = await new PostgresDeploymentAuditLog(database.app, chance).list('mail', { limit: 5 });
    expect(entries).toEqual([{ ...because, id: entries[0]?.id }]);
  });
});
