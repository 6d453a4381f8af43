import { setTimeout as delay } from 'node:timers/promises';
import { LimitedDiscovery, RateLimits } from '@gatehouse/core';
import type { HttpBrowser, Page } from '@gatehouse/tools/http-browser';
import { Gatehouse } from '../gatehouse';
import { LocalPeople } from '../local-account';
import { Organisation } from '../organisation';

let gatehouse: Gatehouse;
let people: LocalPeople;
let discovery: LimitedDiscovery;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  people = new LocalPeople(gatehouse, await gatehouse.application());
  discovery = gatehouse.app.get(LimitedDiscovery);
  await Organisation.setUp(gatehouse, 'acme');
  await gatehouse.did('POST', 'tenants', { slug: 'globex', name: 'Globex' });
  await gatehouse.did('POST', 'tenants/globex/members', { email: 'known@globex.example', role: 'owner' });
}, 60_000);

afterEach(() => jest.restoreAllMocks());
afterAll(() => gatehouse?.stop());

/** One way to ask where an address signs in. */
type Ask = (email: string) => Promise<string>;

const known = 'known@globex.example';
const unknown = 'nobdy@globex.example';

async function askApi(email: string): Promise<string> {
  const { status, body } = await gatehouse.api('POST', 'discover', { email }, null);
  return JSON.stringify([status, body]);
}

function askPage(browser: HttpBrowser, form: ReturnType<Page['form']>): Ask {
  return async (email) => {
    const { status, text } = await browser.submit(form, { email });
    return JSON.stringify([status, text.replaceAll(email, 'ADDRESS')]);
  };
}

async function ways(): Promise<[string, Ask][]> {
  const { browser, page } = await people.begin();
  return [
    ['API', askApi],
    ['page', askPage(browser, page.form('email'))],
  ];
}

/** Nobody who measures asks so often that the counter for the public would answer instead. */
function countNothing(): void {
  const limits = gatehouse.app.get(RateLimits);
  const take = limits.take.bind(limits);
  let asked = 0;
  jest.spyOn(limits, 'take').mockImplementation((limit, key, now) => {
    asked += 1;
    return take(limit, `${key} ${asked}`, now);
  });
}

async function duration(ask: Ask, email: string): Promise<number> {
  const began = process.hrtime.bigint();
  await ask(email);
  return Number(process.hrtime.bigint() - began) / 1e6;
}

/** What is quicker than nine of ten: a busy machine makes answers late, and none of them early. */
function lowDecile(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 10)] ?? Infinity;
}

const enough = 1;

/**
 * Milliseconds that the one answer takes longer. Asked in turns, in changing order, so that a slow moment meets both. A
 * difference that is there stays, however long one measures; one that is noise goes.
 */
async function difference(ask: Ask, one: string, other: string): Promise<number> {
  const times: [number[], number[]] = [[], []];
  let longer = Infinity;
  for (let round = 1; round <= 600 && (round < 60 || Math.abs(longer) >= enough); round++) {
    const order = round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const);
    for (const which of order) times[which].push(await duration(ask, which === 0 ? one : other));
    longer = lowDecile(times[0]) - lowDecile(times[1]);
  }
  return longer;
}

describe('asking where an address signs in', () => {
  it('is answered in the same words for somebody and for nobody [LOG-3]', async () => {
    for (const [way, ask] of await ways()) {
      expect([way, await ask(known)]).toEqual([way, await ask(unknown)]);
    }
    expect(await askApi('owner@acme.example')).toBe(await askApi('nobody@acme.example'));
    expect(await askApi('owner@acme.example')).toContain('"sso"');
  });

  it('takes as long for somebody as for nobody [LOG-3]', async () => {
    countNothing();
    for (const [way, ask] of await ways()) {
      await difference(ask, unknown, unknown);
      expect([way, Math.abs(await difference(ask, known, unknown)) < enough]).toEqual([way, true]);
    }
  }, 120_000);

  it('would be seen to take two milliseconds longer for somebody', async () => {
    countNothing();
    const byEmail = discovery.byEmail.bind(discovery);
    jest.spyOn(discovery, 'byEmail').mockImplementation(async (email, address) => {
      if (email === known) await delay(2);
      return byEmail(email, address);
    });
    expect(await difference(askApi, known, unknown)).toBeGreaterThanOrEqual(enough);
  }, 120_000);

  it('ends at the password for whoever asks without end, and is no error [LOG-2] [SEC-1]', async () => {
    jest
      .spyOn(gatehouse.app.get(RateLimits), 'take')
      .mockResolvedValue({ kind: 'limited', seconds: 9, refused: 1 });
    expect(await askApi('owner@acme.example')).toBe('[200,{"kind":"password","degraded":true}]');
    const { browser, page } = await people.begin();
    const shown = await browser.submit(page.form('email'), { email: 'owner@acme.example' });
    expect(shown.status).toBe(200);
    expect(shown.text).toContain('We could not check for single sign-on.');
    expect(shown.form('password').fields['email']).toBe('owner@acme.example');
  });
});
