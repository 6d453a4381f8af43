import { asArray, asRecord, Gatehouse, text } from '../gatehouse';
import { LocalPeople, password, secretOn, totpCode } from '../local-account';
import { Organisation, person } from '../organisation';

let gatehouse: Gatehouse;
let acme: Organisation;
let people: LocalPeople;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  acme = await Organisation.setUp(gatehouse, 'acme');
  people = new LocalPeople(gatehouse, await gatehouse.application());
  await people.join('acme', 'paul@acme.example');
  await setWay('paul@acme.example', 'password');
}, 60_000);

afterAll(() => gatehouse?.stop());

/** Which way one member signs in, as an admin sets it. */
async function setWay(email: string, sso: string): Promise<void> {
  const { items } = await gatehouse.did('GET', 'tenants/acme/members?limit=200');
  const member = asArray(items)
    .map(asRecord)
    .find((each) => each['email'] === email);
  await gatehouse.did('PUT', `tenants/acme/members/${text(member?.['id'])}/sign-in`, { sso });
}

async function byIdp(email: string) {
  const begun = await people.begin({ tenant: 'acme' });
  const question = acme.idp.readRedirect(text(begun.page.location));
  const page = await acme.answer({ browser: begun.browser, question }, person(email));
  return { begun, page };
}

describe('single sign-on and a password in one organisation', () => {
  it('stand side by side, each for the people whose way it is [LOG-7] [ENF-6]', async () => {
    const nora = await byIdp('nora@acme.example');
    expect((await people.finish(nora.begun, nora.page)).session).toMatchObject({ via: 'saml' });
    const paul = await people.begin();
    const page = await people.typePassword(paul, 'paul@acme.example');
    expect((await people.finish(paul, page)).session).toMatchObject({ via: 'password' });
  });

  it('are no two ways in for one person: the other one is refused, with the way that is theirs [LOG-7] [LOG-8]', async () => {
    await people.setPassword('nora@acme.example');
    const nora = await people.begin();
    const refused = await people.typePassword(nora, 'nora@acme.example');
    expect([refused.status, refused.text]).toEqual([
      403,
      expect.stringContaining('<h1>Your organization requires SSO</h1>'),
    ]);
    await byIdp('pia@acme.example');
    await people.setPassword('pia@acme.example');
    await setWay('pia@acme.example', 'password');
    const pia = await byIdp('pia@acme.example');
    expect([pia.page.status, pia.page.text]).toEqual([403, expect.stringContaining('sso_not_for_member')]);
    const ways = await pia.begun.browser.follow('/login/ways');
    const typed = { email: 'pia@acme.example', password };
    const entered = await pia.begun.browser.submit(ways.form('password'), typed);
    expect((await people.finish(pia.begun, entered)).session).toMatchObject({ via: 'password' });
  });

  it('ask for a second factor after the password only [LOG-6] [LOG-7]', async () => {
    await people.setPolicy('acme', { secondFactor: 'required' });
    const paul = await people.begin();
    const page = await people.typePassword(paul, 'paul@acme.example');
    expect(page.text).toContain('Set up a second factor');
    await paul.browser.submit(page.form('code'), { code: totpCode(secretOn(page)) });
    await setWay('paul@acme.example', 'inherit');
    await people.setPolicy('acme', { sso: 'optional' });
    const nora = await byIdp('nora@acme.example');
    await expect(people.finish(nora.begun, nora.page)).resolves.toBeDefined();
    const again = await people.begin();
    expect((await people.typePassword(again, 'paul@acme.example', password)).text).toContain(
      'Confirm that it is you',
    );
    await people.setPolicy('acme', { secondFactor: 'if-enrolled' });
  }, 30_000);
});
