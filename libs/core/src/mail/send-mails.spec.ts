import type { DeploymentHappening } from '../audit/deployment-happening';
import { mailId, type MailId } from '../shared/ids';
import { SystemChance } from '../shared/chance';
import { Mailer, MailUndeliverable, type Mail } from '../shared/mailer';
import type { MailMessage } from './mail-message';
import { MailStore, type DueMail, type MailQueueState } from './mail-store';
import { SendMails, type MailFailure } from './send-mails';

const now = new Date('2026-03-01T12:00:00Z');
const chance = new SystemChance();
const url = 'https://login.example/reset#one-time-secret';

function ago(hours: number): Date {
  return new Date(now.getTime() - hours * 3_600_000);
}

interface Given {
  readonly to?: string;
  readonly attempts?: number;
  readonly createdAt?: Date;
  readonly message?: MailMessage;
}

function aDueMail({ to = 'jane@acme.example', attempts = 1, createdAt = now, message }: Given = {}): DueMail {
  const id = mailId.create(now, chance);
  const said = message ?? { kind: 'password-changed' };
  return { id, createdAt, attempts, open: () => ({ id, to, language: 'en', message: said, createdAt }) };
}

class ListedMails extends MailStore {
  readonly done: MailId[] = [];
  readonly kept: { id: MailId; error: string; againAt: Date }[] = [];
  readonly lost: DeploymentHappening[] = [];

  constructor(readonly due: DueMail[]) {
    super();
  }

  async claimAnywhere(limit: number): Promise<DueMail[]> {
    return this.due.splice(0, limit);
  }

  async delivered(id: MailId): Promise<void> {
    this.done.push(id);
  }

  async failed(id: MailId, error: string, againAt: Date): Promise<void> {
    this.kept.push({ id, error, againAt });
  }

  async state(): Promise<MailQueueState> {
    return { waiting: this.due.length, failing: this.kept.length };
  }

  async givenUp(_id: MailId, because: DeploymentHappening): Promise<void> {
    this.lost.push(because);
  }
}

class MailServer extends Mailer {
  readonly taken: Mail[] = [];

  constructor(private readonly refuse: (mail: Mail) => Error | undefined) {
    super();
  }

  async send(mail: Mail): Promise<void> {
    const refusal = this.refuse(mail);
    if (refusal) throw refusal;
    this.taken.push(mail);
  }
}

async function send(due: DueMail[], refuse: (mail: Mail) => Error | undefined = () => undefined) {
  const [store, server, failures] = [new ListedMails(due), new MailServer(refuse), new Array<MailFailure>()];
  await new SendMails(store, server, { now: () => now }, (failure) => failures.push(failure)).run();
  return { store, server, failures };
}

describe('sending mails', () => {
  it('hands over every mail that is due, also when there are more than one batch [WRK-1]', async () => {
    const due = Array.from({ length: 25 }, () => aDueMail());
    const ids = due.map(({ id }) => id);
    const { store, server } = await send(due);
    expect(store.done.sort()).toEqual(ids.sort());
    expect(server.taken.map(({ id }) => id).sort()).toEqual(ids);
  });

  it('keeps what was not taken for later, longer each time, and sends the others [WRK-1]', async () => {
    const [bad, worse, good] = [
      aDueMail({ to: 'a@b.example' }),
      aDueMail({ to: 'a@b.example', attempts: 4 }),
      aDueMail(),
    ];
    const { store } = await send([bad, worse, good], ({ to }) =>
      to === 'a@b.example' ? new Error('451 busy') : undefined,
    );
    expect(store.kept).toEqual([
      { id: bad.id, error: '451 busy', againAt: new Date('2026-03-01T12:00:30Z') },
      { id: worse.id, error: '451 busy', againAt: new Date('2026-03-01T12:04:00Z') },
    ]);
    expect(store.done).toEqual([good.id]);
  });

  it('waits an hour at most between two attempts', async () => {
    const { store } = await send([aDueMail({ attempts: 40 })], () => new Error('451'));
    expect(store.kept[0]?.againAt).toEqual(new Date('2026-03-01T13:00:00Z'));
  });

  it('leaves the rest alone while the mail server takes nothing', async () => {
    const { store } = await send(
      Array.from({ length: 25 }, () => aDueMail()),
      () => new Error('connect ECONNREFUSED'),
    );
    expect([store.kept.length, store.due.length]).toEqual([10, 15]);
  });

  it('gives up after three days, and records what did not arrive without naming person or link [AUD-1]', async () => {
    const message = { kind: 'password-reset', url, expiresAt: new Date(now.getTime() + 1) } as const;
    const { store, failures } = await send(
      [aDueMail({ createdAt: ago(71.9), message }), aDueMail({ createdAt: ago(72), message, attempts: 75 })],
      () => new Error(`554 5.7.1 jane@acme.example: ${url} is listed`),
    );
    expect(store.kept).toHaveLength(1);
    expect(store.lost).toMatchObject([
      {
        type: 'mail.given_up',
        at: now,
        actor: { kind: 'system' },
        data: { kind: 'password-reset', attempts: 75 },
      },
    ]);
    expect(JSON.stringify([store.lost, store.kept, failures])).not.toMatch(/jane|secret/);
    expect(failures.map(({ againAt }) => againAt !== undefined)).toEqual([true, false]);
  });

  it('gives up at once what no attempt would deliver: no such mailbox, or a link that has expired', async () => {
    const expired = { kind: 'password-reset', url, expiresAt: now } as const;
    const due = [aDueMail({ message: expired }), aDueMail({ to: 'nobody@acme.example' })];
    const { store, server } = await send(due, ({ to }) =>
      to === 'nobody@acme.example' ? new MailUndeliverable('550 unknown') : undefined,
    );
    expect(store.lost.map(({ data }) => data?.['reason'])).toEqual([
      'The link in it has expired.',
      '550 unknown',
    ]);
    expect([server.taken, store.kept]).toEqual([[], []]);
  });

  it('keeps a mail whose key is missing until somebody adds the key', async () => {
    const locked = {
      ...aDueMail(),
      open: () => {
        throw new Error('The key ring holds no key named "k1".');
      },
    };
    const { store, failures } = await send([locked, aDueMail()]);
    expect(store.kept).toMatchObject([{ id: locked.id, error: 'The key ring holds no key named "k1".' }]);
    expect(failures).toMatchObject([{ id: locked.id, attempts: 1 }]);
    expect(store.done).toHaveLength(1);
  });
});
