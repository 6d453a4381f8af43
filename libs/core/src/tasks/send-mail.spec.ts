import type { MailMessage } from '../mail/mail-message';
import { MailOutcomes } from '../mail/mail-outcomes';
import type { OutgoingMail } from '../mail/outgoing-mail';
import { mailId } from '../shared/ids';
import { SystemChance } from '../shared/chance';
import { Mailer, MailUndeliverable, type Mail } from '../shared/mailer';
import { anOpenedTask, ListedTasks, SteadyChance } from '../testing';
import { AttemptTask } from './attempt-task';
import { SendMail } from './send-mail';

const now = new Date('2026-03-01T12:00:00Z');
const url = 'https://login.example/reset#one-time-secret';
const chance = new SystemChance();
const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000);

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

class Outcomes extends MailOutcomes {
  readonly told: string[] = [];

  constructor(private readonly broken: boolean) {
    super();
  }

  async delivered({ id }: OutgoingMail): Promise<void> {
    if (this.broken) throw new Error('no table');
    this.told.push(`${id} delivered`);
  }

  async bounced({ id }: OutgoingMail, reason: string): Promise<void> {
    this.told.push(`${id} ${reason}`);
  }
}

interface Given {
  readonly to?: string;
  readonly createdAt?: Date;
  readonly tries?: number;
  readonly message?: MailMessage;
}

function aLetter({ to = 'jane@acme.example', createdAt = now, tries = 1, message }: Given = {}) {
  const id = mailId.create(now, chance);
  const said = message ?? { kind: 'password-changed' };
  const payload: OutgoingMail = { id, to, language: 'en', message: said, createdAt };
  return anOpenedTask('send-mail', { id, payload, createdAt, tries });
}

const letterhead = { product: 'Tideline', language: 'en', answered: false } as const;
const unused = { run: () => Promise.reject(new Error('No such task was given.')) };

async function send(
  letters: readonly ReturnType<typeof aLetter>[],
  refuse: (mail: Mail) => Error | undefined = () => undefined,
  broken = false,
) {
  const [store, mailer, outcomes] = [
    new ListedTasks([...letters]),
    new MailServer(refuse),
    new Outcomes(broken),
  ];
  const untold: string[] = [];
  const clock = { now: () => now };
  const room = {
    mailer,
    letterhead,
    outcomes,
    clock,
    untold: ({ id }: OutgoingMail) => void untold.push(id),
  };
  const others = { 'ask-members-to-link': unused, 'refresh-metadata': unused, 'settle-people': unused };
  const handlers = { ...others, 'send-mail': new SendMail(room) };
  const attempts = new AttemptTask(store, handlers, clock, new SteadyChance(), () => undefined);
  for (const { id, kind, attempt } of letters) await attempts.run({ id, kind, attempt });
  return { store, taken: mailer.taken, told: outcomes.told, untold };
}

describe('sending a letter', () => {
  it('hands it to the mail server under its own key, and tells who wants to know [WRK-1] [LNK-4]', async () => {
    const letter = aLetter();
    const { store, taken, told } = await send([letter]);
    expect(taken).toMatchObject([{ id: letter.id, to: 'jane@acme.example' }]);
    expect(taken[0]?.text).toContain('Tideline');
    expect([store.finished, told]).toEqual([[letter.id], [`${letter.id} delivered`]]);
  });

  it('keeps what was not taken for later, and sends the others [WRK-1]', async () => {
    const [bad, good] = [aLetter({ to: 'a@b.example', tries: 4 }), aLetter()];
    const { store, told } = await send([bad, good], ({ to }) =>
      to === 'a@b.example' ? new Error('451 busy') : undefined,
    );
    const again = { id: bad.id, error: '451 busy', againAt: new Date('2026-03-01T12:04:00Z') };
    expect([store.kept, store.finished]).toEqual([[again], [good.id]]);
    expect(told).toEqual([`${good.id} delivered`]);
  });

  it('gives up after three days, and records what did not arrive without naming person or link [AUD-1]', async () => {
    const message = { kind: 'password-reset', url, expiresAt: new Date(now.getTime() + 1) } as const;
    const letters = [
      aLetter({ createdAt: ago(71.9), message }),
      aLetter({ createdAt: ago(72), message, tries: 75 }),
    ];
    const refusal = new Error(`554 5.7.1 jane@acme.example: ${url} is listed`);
    const { store, told } = await send(letters, () => refusal);
    expect(store.kept).toHaveLength(1);
    expect(store.dead.map(({ because }) => because)).toMatchObject([
      {
        ...{ type: 'mail.given_up', at: now, actor: { kind: 'system' } },
        data: { kind: 'password-reset', attempts: 75 },
      },
    ]);
    expect(JSON.stringify([store.dead, store.kept, told])).not.toMatch(/jane|secret/);
    expect(told).toHaveLength(1);
  });

  it('gives up at once what no attempt would deliver: no such mailbox, or a link that has expired [LNK-4]', async () => {
    const expired = { kind: 'password-reset', url, expiresAt: now } as const;
    const letters = [aLetter({ message: expired }), aLetter({ to: 'nobody@acme.example' })];
    const { store, taken, told } = await send(letters, ({ to }) =>
      to === 'nobody@acme.example' ? new MailUndeliverable('550 unknown') : undefined,
    );
    const reasons = ['The link in it has expired.', '550 unknown'];
    expect(store.dead.map(({ because }) => because.data?.['reason'])).toEqual(reasons);
    expect(told).toEqual(letters.map(({ id }, nth) => `${id} ${reasons[nth]}`));
    expect([taken, store.kept]).toEqual([[], []]);
  });

  it('sends it once where nobody can be told that it was sent [WRK-2]', async () => {
    const letter = aLetter();
    const { store, taken, untold } = await send([letter], undefined, true);
    expect([taken.length, store.finished, store.kept, untold]).toEqual([1, [letter.id], [], [letter.id]]);
  });
});
