import { FallbackTries, LocalTries, Tries, waitAfter, type Pace, type User } from '@gatehouse/core';
import { PostgresTries } from '../limits/tries';
import { PostgresSweeper } from '../sweeper';
import { createTestDatabase, type TestDatabase } from '../testing';
import { CredentialDesk } from '../testing/credential-desk';
import { later, now } from '../testing/given';
import { aMemberOf, aTenantWith } from '../testing/given-enforcement';
import { Browser, password } from '../testing/local-browser';
import { forgetMails } from '../testing/take-mails';
import { rowsOf } from '../transaction';

let database: TestDatabase;
let desk: CredentialDesk;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  desk = new CredentialDesk(database.app);
  for (const table of ['rate_limits', 'sign_in_tries', 'local_sign_ins'])
    await rowsOf(database.app, `DELETE FROM ${table}`);
  await forgetMails(database.app);
});
afterAll(() => database.drop());

const pace: Pace = { free: 3, longestMs: 60_000, forgottenAfterMs: 24 * 60 * 60_000 };
const after = (seconds: number) => later(seconds / 60);

describe.each<[string, () => Tries]>([
  ['all servers', () => new PostgresTries(database.app)],
  ['one process', () => new LocalTries()],
])('tries that %s count', (_, make) => {
  it('are free three times, then wait 1, 2, 4 … 60 seconds each [LOG-5]', async () => {
    const tries = make();
    const waits = [];
    for (let at = now, turn = 1; turn <= 12; turn++) {
      await expect(tries.take('ada', pace, at)).resolves.toEqual({ kind: 'go', tries: turn });
      const early = new Date(at.getTime() + 1);
      const next = turn < 3 ? undefined : await tries.take('ada', pace, early);
      const seconds = next?.kind === 'wait' ? next.seconds : 0;
      waits.push(seconds);
      expect(waitAfter(turn, pace)).toBe(seconds * 1000);
      at = new Date(at.getTime() + seconds * 1000);
    }
    expect(waits).toEqual([0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60]);
  });

  it('pass no more at the same time than one after another [LOG-5] [SEC-1]', async () => {
    const tries = make();
    const verdicts = await Promise.all(Array.from({ length: 20 }, () => tries.take('bob', pace, now)));
    expect(verdicts.filter(({ kind }) => kind === 'go')).toHaveLength(3);
  });

  it('are as before the first after one that was right, and after a day without any [LOG-5]', async () => {
    const tries = make();
    for (let turn = 0; turn < 4; turn++) await tries.take('eve', pace, after(turn));
    await expect(tries.take('eve', pace, after(3))).resolves.toMatchObject({ kind: 'wait' });
    await tries.clear('eve');
    await expect(tries.take('eve', pace, after(3))).resolves.toEqual({ kind: 'go', tries: 1 });
    await tries.take('eve', pace, after(4));
    await expect(tries.take('eve', pace, later(24 * 60 + 1))).resolves.toEqual({ kind: 'go', tries: 1 });
  });
});

class BrokenTries extends Tries {
  take(): Promise<never> {
    return Promise.reject(new Error('cannot execute INSERT in a read-only transaction'));
  }

  clear(): Promise<never> {
    return this.take();
  }
}

describe('tries whose shared counters are gone', () => {
  it('go on in each process, with one that is free [SEC-1]', async () => {
    const tries = new FallbackTries(new BrokenTries());
    await expect(tries.take('ada', pace, now)).resolves.toEqual({ kind: 'go', tries: 1 });
    await expect(tries.take('ada', pace, now)).resolves.toEqual({ kind: 'wait', seconds: 1 });
    await tries.clear('ada');
    await expect(tries.take('ada', pace, now)).resolves.toEqual({ kind: 'go', tries: 1 });
  });
});

describe('trying passwords', () => {
  async function anAccount() {
    const person = await aMemberOf(database.app, await aTenantWith(database.app, { sso: 'off' }));
    await desk.givePassword(person.user, password);
    return person.user;
  }

  /** By the link of a mail; answers with what the browser that did it is known by from then on. */
  async function resetPassword(user: User, chosen: string, device?: string): Promise<string> {
    const token = await desk.requestReset(user);
    const byPerson = { actor: { kind: 'person' }, language: 'en' } as const;
    return (await desk.parts.resets.complete({ token, password: chosen, device, ...byPerson })).device;
  }

  it('is slowed down for one account from however many addresses, known or not [LOG-5] [SEC-1]', async () => {
    const { email } = await anAccount();
    for (const account of [email, 'nobody@acme.example']) {
      const kinds = [];
      for (let turn = 0; turn < 5; turn++)
        kinds.push((await new Browser(desk, `198.51.100.${turn}`).enter(account, 'wrong-wrong-wrong')).kind);
      expect(kinds).toEqual(['wrong', 'wrong', 'wrong', 'slow-down', 'slow-down']);
    }
  });

  it('does not keep the owner out of a browser that has signed the account in before [LOG-5] [SEC-1]', async () => {
    const { email } = await anAccount();
    const own = new Browser(desk, '203.0.113.1');
    await own.enter(email);
    const attack = async () =>
      (await new Browser(desk, '198.51.100.1').enter(email, 'wrong-wrong-wrong')).kind;
    for (let turn = 0; turn < 4; turn++) await attack();
    await expect(attack()).resolves.toBe('slow-down');
    await expect(new Browser(desk, '203.0.113.2').enter(email)).resolves.toMatchObject({ kind: 'slow-down' });
    await expect(own.enter(email)).resolves.toMatchObject({ kind: 'signed-in' });
    const copied = new Browser(desk, '198.51.100.1');
    copied.device = own.device;
    const kinds = [];
    for (let turn = 0; turn < 5; turn++) kinds.push((await copied.enter(email, 'wrong-wrong-wrong')).kind);
    expect(kinds).toEqual(['wrong', 'wrong', 'wrong', 'slow-down', 'slow-down']);
  });

  it('knows a browser only by what was sealed here, for the accounts it has signed in [LOG-5]', async () => {
    const [ada, bob] = [await anAccount(), await anAccount()];
    const { devices, clock } = desk.parts;
    const first = devices.remember(undefined, ada.email);
    expect(devices.bucketOf(first, ada.email.toUpperCase())).toMatch(/^[\w-]{22}$/);
    expect(devices.bucketOf(first, bob.email)).toBeUndefined();
    for (const forged of [
      '',
      'one.AAAA',
      `${first}A`,
      JSON.stringify([{ account: ada.email }]),
      'x'.repeat(9999),
    ])
      expect(devices.bucketOf(forged, ada.email)).toBeUndefined();
    const both = devices.remember(first, bob.email);
    expect(devices.bucketOf(both, ada.email)).toBe(devices.bucketOf(first, ada.email));
    expect(devices.bucketOf(both, bob.email)).not.toBe(devices.bucketOf(first, ada.email));
    let many = both;
    for (let other = 0; other < 4; other++) many = devices.remember(many, `${other}@acme.example`);
    expect(devices.bucketOf(many, ada.email)).toBeUndefined();
    expect(many.length).toBeLessThan(1500);
    clock.pass(180 * 24 * 60 * 60);
    expect(devices.bucketOf(both, bob.email)).toBeUndefined();
  });

  it('lets whoever has reset the password by mail in from that browser, under attack as well [LOG-5] [ENF-4]', async () => {
    const user = await anAccount();
    for (let turn = 0; turn < 4; turn++)
      await new Browser(desk, '198.51.100.1').enter(user.email, 'wrong-wrong-wrong');
    const browser = new Browser(desk, '203.0.113.1');
    await expect(browser.enter(user.email)).resolves.toMatchObject({ kind: 'slow-down' });
    browser.device = await resetPassword(user, 'seven otters in a canoe');
    await expect(browser.enter(user.email, 'seven otters in a canoe')).resolves.toMatchObject({
      kind: 'signed-in',
    });
  });

  it('leaves whoever stole the mailbox no more tries at a code, however often the password is reset [LOG-5] [SEC-1]', async () => {
    const user = await anAccount();
    const code = await desk.giveTotp(user);
    const own = new Browser(desk, '203.0.113.1');
    await own.enter(user.email);
    await own.step({ kind: 'totp', code: code() });
    const kinds = [];
    for (let turn = 0; turn < 4; turn++) {
      const thief = new Browser(desk, '198.51.100.1');
      const chosen = `seven otters in a canoe ${turn}`;
      thief.device = await resetPassword(user, chosen);
      await thief.enter(user.email, chosen);
      kinds.push((await thief.step({ kind: 'totp', code: '000000' })).kind);
    }
    expect(kinds).toEqual(['wrong', 'wrong', 'wrong', 'slow-down']);
    desk.parts.clock.pass(12 * 60);
    own.device = await resetPassword(user, 'eight otters in a canoe', own.device);
    await own.enter(user.email, 'eight otters in a canoe');
    await expect(own.step({ kind: 'totp', code: code(30) })).resolves.toMatchObject({ kind: 'signed-in' });
  });

  it('is slowed down from one address and reported once, while other people come in [LOG-5] [SEC-1]', async () => {
    const { email } = await anAccount();
    const kinds: string[] = [];
    const flood = async (turn: number) => {
      const browser = new Browser(desk, `2001:db8:0:0::${turn % 100}`);
      kinds.push((await browser.enter(`victim-${turn}@acme.example`, 'spring-spring-1')).kind);
    };
    for (let turn = 0; turn < 60; turn++) await flood(turn);
    for (let turn = 60; turn < 400; turn++) await flood(turn);
    expect(kinds.filter((kind) => kind === 'wrong')).toHaveLength(60);
    expect(kinds.filter((kind) => kind === 'slow-down')).toHaveLength(340);
    const reported = (await desk.parts.deploymentAudit.list('sign_in', { limit: 100 })).filter(
      ({ type }) => type === 'sign_in.flood',
    );
    expect(reported).toMatchObject([{ subject: '2001:db8:0:0::/64', data: { refused: 100 } }]);
    await expect(new Browser(desk, '2001:db8:0:1::1').enter(email)).resolves.toMatchObject({
      kind: 'signed-in',
    });
    const outcome = await new Browser(desk, '2001:db8::1').enter(email);
    expect(outcome).toEqual({ kind: 'slow-down', seconds: 5 });
  });

  it('forgets counters and sign-ins under way once they hold nothing any more [LOG-5]', async () => {
    const user = await anAccount();
    await desk.giveTotp(user);
    const browser = new Browser(desk);
    await browser.enter(user.email, 'wrong-wrong-wrong');
    await browser.enter(user.email);
    await new Browser(desk).enter('nobody@acme.example');
    const sweeper = new PostgresSweeper(database.app, 1);
    expect(await sweeper.sweep(later(9))).toMatchObject({ localSignIns: 0, tries: 0 });
    expect(await sweeper.sweep(later(11))).toMatchObject({ localSignIns: 1, tries: 0 });
    expect(await sweeper.sweep(later(25 * 60))).toMatchObject({ tries: 1 });
  });
});
