import {
  connectionId,
  KeyRing,
  SystemChance,
  taskId,
  tenantId,
  type DeploymentHappening,
  type Task,
  type TenantId,
} from '@gatehouse/core';
import { PostgresTaskStore } from '@gatehouse/core-postgres';
import { CONFIG } from '../src/http/config.token';
import { OperatorSessions } from '../src/operations/operator-sessions';
import { asArray, asRecord, Gatehouse, operatorKey, text } from './gatehouse';

const chance = new SystemChance();
const page = '/operations/queues';
const reason = 'getaddrinfo ENOTFOUND <idp.acme.example>';
let visitors = 0;
let gatehouse: Gatehouse;
let acme: TenantId;

/** A browser, as far as these pages go: cookies, and nothing else. */
class Visitor {
  cookie = '';

  constructor(
    private readonly at: Gatehouse = gatehouse,
    private readonly address = `198.51.100.${(visitors += 1)}`,
  ) {}

  async send(path: string, form?: Readonly<Record<string, string>>) {
    const answer = await fetch(`${this.at.url}${path}`, {
      redirect: 'manual',
      headers: { cookie: this.cookie, accept: 'text/html', 'x-forwarded-for': this.address },
      ...(form && { method: 'POST', body: new URLSearchParams({ ...form }) }),
    });
    const [set] = answer.headers.getSetCookie();
    if (set !== undefined) this.cookie = set.split(';')[0] ?? '';
    return { status: answer.status, headers: answer.headers, said: await answer.text(), set };
  }

  signIn(key = operatorKey) {
    return this.send('/operations/sign-in', { key });
  }
}

async function anOperator(): Promise<Visitor> {
  const visitor = new Visitor();
  await visitor.signIn();
  return visitor;
}

/** A task that went to the dead letters, as a worker leaves it. */
async function aDeadLetter(): Promise<Task['id']> {
  const { secretKeys } = gatehouse.app.get(CONFIG);
  const store = new PostgresTaskStore(gatehouse.database.app, new KeyRing(secretKeys, chance), chance);
  const now = new Date();
  const id = taskId.create(now, chance);
  const payload = { tenantId: acme, connectionId: connectionId.create(now, chance) };
  await store.add(acme, { id, kind: 'refresh-metadata', payload, createdAt: now });
  const terms = { leaseMs: 60_000, most: 10, mostOfEach: 10 };
  const [handed] = await store.claimAnywhere('refresh-metadata', terms, now);
  if (!handed || !(await store.open(handed, 60_000, now))) throw new Error('The task is not due.');
  const because: DeploymentHappening = {
    ...{ type: 'task.given_up', at: now, actor: { kind: 'system' }, subject: id },
  };
  await store.gaveUp(handed, reason, because);
  return id;
}

beforeAll(async () => {
  gatehouse = await Gatehouse.start({ queuePage: true });
  const made = await gatehouse.did('POST', 'tenants', { slug: 'acme', name: 'Acme' });
  acme = tenantId.parse(text(made['id']));
}, 60_000);
afterAll(() => gatehouse?.stop());

describe('the page of the queues, where it was not switched on', () => {
  it('does not exist, for operators neither [WRK-1]', async () => {
    const without = await Gatehouse.start();
    const visitor = new Visitor(without);
    await expect(visitor.send(page)).resolves.toMatchObject({ status: 404 });
    await expect(visitor.signIn()).resolves.toMatchObject({ status: 404, set: undefined });
    await expect(visitor.send(`${page}/replay`, {})).resolves.toMatchObject({ status: 404 });
    await without.stop();
  }, 60_000);
});

describe('the page of the queues', () => {
  it('shows a stranger a form and nothing else, and does nothing for one [WRK-1]', async () => {
    const id = await aDeadLetter();
    const stranger = new Visitor();
    const { status, said, headers } = await stranger.send(page);
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(said).toContain('Operator key');
    expect(said).not.toMatch(/refresh-metadata|<script|task_/);
    for (const path of [`${page}/${id}/replay`, `${page}/replay`]) {
      const answer = await stranger.send(path, {});
      expect([answer.status, answer.headers.get('location')]).toEqual([303, page]);
    }
    expect((await (await anOperator()).send(page)).said).toContain(id);
  });

  it('opens to the operator key, for half an hour and this browser [WRK-1]', async () => {
    const visitor = new Visitor();
    const { status, set } = await visitor.signIn(` ${operatorKey}\n`);
    expect(status).toBe(303);
    expect(set).toMatch(/; Max-Age=1800; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(set).not.toContain(operatorKey);
    expect((await visitor.send(page)).said).toContain('Work in the queues');
    await visitor.send('/operations/sign-out', {});
    expect((await visitor.send(page)).said).toContain('Operator key');
  });

  it('listens to no guess after five from one address, nor to the right key, and to others still [SEC-1]', async () => {
    const [guesser, other] = [new Visitor(gatehouse, '203.0.113.7'), new Visitor(gatehouse, '203.0.113.8')];
    for (let guess = 0; guess < 5; guess += 1) {
      const wrong = await guesser.signIn(`operator-key-${guess}`);
      expect([wrong.status, wrong.set]).toEqual([403, undefined]);
      expect(wrong.said).toContain('This is not the operator key');
    }
    const late = await guesser.signIn();
    expect([late.status, late.set]).toEqual([429, undefined]);
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0);
    await expect(other.signIn()).resolves.toMatchObject({ status: 303 });
  });

  it('believes no cookie that it did not make, or made for another key or another time [SEC-2]', async () => {
    const config = gatehouse.app.get(CONFIG);
    const made = (now: Date, key: string): string => {
      let value = '';
      const sessions = new OperatorSessions({ ...config, operatorKey: key }, { now: () => now }, chance);
      const reply = { setCookie: (_: string, given: string) => (value = given) };
      Reflect.apply(sessions.begin, sessions, [reply]);
      return value;
    };
    const [now, longAgo] = [new Date(), new Date(Date.now() - 30 * 60_000)];
    const good = made(now, operatorKey);
    const [, ...rest] = good.split('.');
    const forged = [
      ...[made(longAgo, operatorKey), made(now, 'the operator key of before')],
      ...['', '..', good.slice(0, -2), `9999999999.${rest.join('.')}`, `${good}x`, operatorKey],
    ];
    const visitor = new Visitor();
    visitor.cookie = `gatehouse_operator=${good}`;
    expect((await visitor.send(page)).said).toContain('Work in the queues');
    for (const value of forged) {
      visitor.cookie = `gatehouse_operator=${value}`;
      expect([value, (await visitor.send(page)).said.includes('Operator key')]).toEqual([value, true]);
    }
  });

  it('shows how it stands with each kind and what was given up, and not what stands in it [WRK-1]', async () => {
    const id = await aDeadLetter();
    const { said } = await (await anOperator()).send(page);
    for (const shown of [
      id,
      acme,
      'refresh-metadata',
      'metadata',
      'getaddrinfo ENOTFOUND &lt;idp.acme.example&gt;',
    ])
      expect(said).toContain(shown);
    expect(said).not.toMatch(/conn_|<script|<idp/);
  });

  it('has a dead letter, or all of them, tried again, and the audit log say who did [WRK-1] [AUD-1]', async () => {
    const operator = await anOperator();
    const [one] = [await aDeadLetter(), await aDeadLetter()];
    const first = await operator.send(`${page}/${one}/replay`, {});
    expect(first.headers.get('location')).toBe(`${page}?replayed=1`);
    expect((await operator.send(`${page}?replayed=1`)).said).toContain('One task is tried again.');
    const again = await operator.send(`${page}/${one}/replay`, {});
    expect(again.headers.get('location')).toBe(`${page}?replayed=0`);
    await operator.send(`${page}/replay`, { kind: 'refresh-metadata' });
    expect((await operator.send(page)).said).toContain('Nothing was given up.');
    const { items } = await gatehouse.did('GET', 'tasks/audit');
    expect(asArray(items).map(asRecord)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          ...{ type: 'task.replayed', subject: one },
          actor: expect.objectContaining({ kind: 'operator' }),
        }),
      ]),
    );
  });

  it('refuses what is no task and no kind, with a code and not with an error of ours [SEC-3]', async () => {
    const operator = await anOperator();
    await expect(operator.send(`${page}/constructor/replay`, {})).resolves.toMatchObject({ status: 400 });
    await expect(operator.send(`${page}/replay`, { kind: 'toString' })).resolves.toMatchObject({
      status: 400,
    });
    await expect(operator.send(`${page}?after=x&replayed=many`)).resolves.toMatchObject({ status: 200 });
    await expect(operator.send('/operations/sign-in', {})).resolves.toMatchObject({ status: 400 });
  });
});

describe('the cookie of an operator under https', () => {
  it('is bound to this very host [SES-6]', async () => {
    const secure = await Gatehouse.start({ queuePage: true, publicUrl: 'https://login.example.com' });
    const { set } = await new Visitor(secure).signIn();
    await secure.stop();
    expect(set).toMatch(
      /^__Host-gatehouse_operator=[^;]+; Max-Age=1800; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
  }, 60_000);
});
