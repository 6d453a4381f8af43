import {
  AttemptTask,
  Chance,
  Clock,
  KeyRing,
  Mailer,
  plainLetterhead,
  SendMail,
  taskRules,
} from '@gatehouse/core';
import { openDatabase, PostgresTaskStore } from '@gatehouse/core-postgres';
import { DataSource } from 'typeorm';
import { asArray, Gatehouse } from '../gatehouse';
import { PostOffice } from '../post-office';

let gatehouse: Gatehouse;
beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  await gatehouse.did('POST', 'tenants', { slug: 'acme', name: 'Acme Inc.' });
}, 60_000);
afterAll(() => gatehouse?.stop());

class MailServer extends Mailer {
  constructor(private readonly answer: string) {
    super();
  }

  async send(): Promise<void> {
    throw new Error(this.answer);
  }
}

function invite(email: string, more: object = {}) {
  return gatehouse.did('POST', 'tenants/acme/invitations', { email, role: 'member', ...more });
}

const noneToday = { run: async () => undefined };

/** As if some time had passed, which only the owner of the tables can arrange. */
async function change(sql: string): Promise<void> {
  const owner = await openDatabase({ url: gatehouse.database.ownerUrl, poolSize: 1 });
  await owner.query(sql);
  await owner.destroy();
}

async function sendTo(server: Mailer): Promise<void> {
  const { app } = gatehouse;
  const [clock, chance] = [app.get(Clock), app.get(Chance)];
  const store = new PostgresTaskStore(app.get(DataSource), app.get(KeyRing), chance);
  const outcomes = { delivered: async () => undefined, bounced: async () => undefined };
  const room = { mailer: server, letterhead: plainLetterhead, outcomes, clock, untold: () => undefined };
  const handlers = {
    'send-mail': new SendMail(room),
    'ask-members-to-link': noneToday,
    'refresh-metadata': noneToday,
  };
  const tasks = new AttemptTask(store, handlers, clock, chance, () => undefined);
  for (const handed of await store.claimAnywhere('send-mail', taskRules['send-mail'], clock.now()))
    await tasks.run(handed);
}

describe('mails, seen by the operator', () => {
  it('are counted while they wait, with what the mail server said of the last, and gone once they are sent [WRK-1]', async () => {
    expect(await gatehouse.did('GET', 'mails')).toEqual({ waiting: 0, failing: 0 });
    await invite('jane@elsewhere.example');
    await invite('joe@elsewhere.example');
    expect(await gatehouse.did('GET', 'mails')).toMatchObject({ waiting: 2, failing: 0 });
    await sendTo(new MailServer('451 4.3.0 <jane@elsewhere.example> come back later'));
    const state = await gatehouse.did('GET', 'mails');
    expect(state).toMatchObject({
      waiting: 2,
      failing: 2,
      lastError: '451 4.3.0 <(person)> come back later',
    });
    expect(Date.parse(String(state['oldestAt']))).toBeLessThanOrEqual(Date.now());
    await change('UPDATE tasks SET due_at = created_at');
    await new PostOffice(gatehouse).to('jane@elsewhere.example');
    expect(await gatehouse.did('GET', 'mails')).toEqual({ waiting: 0, failing: 0 });
  });

  it('are listed where they were given up, with neither person nor link [AUD-1]', async () => {
    await invite('jill@elsewhere.example');
    await change(`UPDATE tasks SET created_at = created_at - interval '3 days'`);
    await sendTo(new MailServer('550 no such jill@elsewhere.example'));
    const { items } = await gatehouse.did('GET', 'mails/audit');
    expect(asArray(items)).toMatchObject([
      { type: 'mail.given_up', data: { kind: 'invitation', attempts: 1, reason: '550 no such (person)' } },
    ]);
    expect(JSON.stringify(items)).not.toMatch(/jill|http/);
  });

  it.each(['en', 'de', 'fr'])(
    'are written in the language that was asked for: %s [TEN-5]',
    async (language) => {
      const email = `${language}@elsewhere.example`;
      await invite(email, { language });
      const [mail] = await new PostOffice(gatehouse).to(email);
      const subjects: Record<string, string> = {
        en: 'Invitation to “Acme Inc.”',
        de: 'Einladung zu „Acme Inc.“',
        fr: 'Invitation à rejoindre « Acme Inc. »',
      };
      expect(mail?.subject).toBe(subjects[language]);
    },
  );
});
