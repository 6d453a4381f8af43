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
import type { Gatehouse } from './gatehouse';

const noneToday = { run: async () => undefined };
const nobodyAsks = { delivered: async () => undefined, bounced: async () => undefined };

/** A mail server that takes no letter, and gives each the same answer. */
export class RefusingMailServer extends Mailer {
  constructor(private readonly answer: Error) {
    super();
  }

  async send(): Promise<void> {
    throw this.answer;
  }

  /** Is offered every letter that is due, as by a worker. */
  async offered({ app }: Gatehouse): Promise<void> {
    const [clock, chance] = [app.get(Clock), app.get(Chance)];
    const store = new PostgresTaskStore(app.get(DataSource), app.get(KeyRing), chance);
    const room = {
      mailer: this,
      letterhead: plainLetterhead,
      outcomes: nobodyAsks,
      clock,
      untold: () => undefined,
    };
    const others = {
      'ask-members-to-link': noneToday,
      'refresh-metadata': noneToday,
      'settle-people': noneToday,
    };
    const handlers = { ...others, 'send-mail': new SendMail(room) };
    const tasks = new AttemptTask(store, handlers, clock, chance, () => undefined);
    for (const handed of await store.claimAnywhere('send-mail', taskRules['send-mail'], clock.now()))
      await tasks.run(handed);
  }
}

/** As if time had passed, which only the owner of the tables can arrange. */
export async function asOwner(gatehouse: Gatehouse, sql: string): Promise<void> {
  const owner = await openDatabase({ url: gatehouse.database.ownerUrl, poolSize: 1 });
  await owner.query(sql);
  await owner.destroy();
}
