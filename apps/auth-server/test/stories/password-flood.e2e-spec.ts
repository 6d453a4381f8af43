import { asArray, asRecord, Gatehouse } from '../gatehouse';
import { LocalPeople } from '../local-account';

let gatehouse: Gatehouse;
let people: LocalPeople;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  people = new LocalPeople(gatehouse, await gatehouse.application());
  await gatehouse.did('POST', 'tenants', { slug: 'globex', name: 'Globex' });
  await people.join('globex', 'ana@globex.example', 'owner');
}, 60_000);

afterAll(() => gatehouse?.stop());

async function entries(path: string) {
  const { items } = await gatehouse.did('GET', `credentials/${path}?limit=100`);
  return asArray(items).map(asRecord);
}

describe('a flood of passwords from one address', () => {
  it('is answered 429 with when to come back, and told to the operator once [LOG-5] [SEC-1]', async () => {
    const attacker = people.browser({ 'x-forwarded-for': '198.51.100.7' });
    const begun = await people.begin({}, attacker);
    const form = (await people.typePassword(begun, 'first@globex.example')).form('password');
    const tryOne = (turn: number) =>
      begun.browser.submit(form, { email: `victim-${turn}@globex.example`, password: 'spring of 2026 !' });
    const statuses: number[] = [];
    for (let turn = 0; turn < 200; turn += 20) {
      const pages = await Promise.all(Array.from({ length: 20 }, (_, at) => tryOne(turn + at)));
      statuses.push(...pages.map(({ status }) => status));
    }
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(120);
    const refused = await tryOne(200);
    expect([refused.status, refused.text]).toEqual([429, expect.stringContaining('role="alert"')]);
    const floods = (await entries('attempts')).filter(({ type }) => type === 'sign_in.flood');
    expect(floods).toMatchObject([{ subject: '198.51.100.7', data: { refused: 100 } }]);
    expect(JSON.stringify(await entries('attempts'))).not.toMatch(/victim|spring of/);
    const ana = await people.begin({}, people.browser({ 'x-forwarded-for': '198.51.100.8' }));
    const page = await people.typePassword(ana, 'ana@globex.example');
    expect((await people.finish(ana, page)).profile.email).toBe('ana@globex.example');
  }, 60_000);

  it('leaves what changed of passwords for the operator to see [LOG-5] [AUD-1]', async () => {
    expect(await entries('audit')).toMatchObject([{ type: 'credential.password_reset' }]);
  });
});
