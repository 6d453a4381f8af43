import type { Page } from '@gatehouse/tools/http-browser';
import { asArray, asRecord, Gatehouse, text } from '../gatehouse';
import { LocalPeople, password, secretOn, totpCode, type Begun } from '../local-account';
import { Organisation } from '../organisation';

let gatehouse: Gatehouse;
let acme: Organisation;
let people: LocalPeople;
const other = 'second-owner@acme.example';

/** Single sign-on is required; neither of the two owners has set a second factor up. */
beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  acme = await Organisation.setUp(gatehouse, 'acme');
  people = new LocalPeople(gatehouse, await gatehouse.application());
  await people.join('acme', other, 'owner');
  await people.setPassword(acme.owner);
  await people.setPolicy('acme', { sso: 'required' });
}, 60_000);

afterAll(() => gatehouse?.stop());

async function enter(typed = password): Promise<{ readonly begun: Begun; readonly page: Page }> {
  const begun = await people.begin({}, people.browser());
  const owners = await begun.browser.get(`${gatehouse.url}/t/acme/login/owner`);
  const page = await begun.browser.submit(owners.form('password'), { email: acme.owner, password: typed });
  return { begun, page };
}

async function enrol({ begun, page }: Awaited<ReturnType<typeof enter>>): Promise<Page> {
  const shown = await begun.browser.submit(page.form('code'), { code: totpCode(secretOn(page)) });
  return begun.browser.follow(/class="button" href="([^"]+)"/.exec(shown.text)?.[1] ?? '');
}

async function newestMails(to: string): Promise<string[]> {
  return (await people.post.to(to)).slice(-3).map((mail) => mail.text);
}

async function userIdOf(email: string): Promise<string> {
  const { items } = await gatehouse.did('GET', `tenants/acme/members?q=${encodeURIComponent(email)}`);
  return text(asRecord(asArray(items)[0])['userId']);
}

describe('the stolen password of an owner', () => {
  it('tells the owner, and every owner that the second factor is a new one [ENF-11] [LOG-6]', async () => {
    const thief = await enter();
    expect((await people.finish(thief.begun, await enrol(thief))).tenant).toMatchObject({ slug: 'acme' });
    const own = (await newestMails(acme.owner)).join();
    expect(own).toContain('An authenticator app was added to your account.');
    for (const said of [own, (await newestMails(other)).join()])
      expect(said).toMatch(
        /owner@acme\.example signed in to “acme Inc\.” .*The second factor was set up only on/s,
      );
  });

  it('keeps the owner out until the operator takes that factor away, which no organisation can [ENF-4] [LOG-5]', async () => {
    expect((await enter()).page.url).toContain('/login/second-factor?');
    const path = `credentials/${await userIdOf(acme.owner)}/second-factors`;
    const keys = { name: 'A program', scopes: ['members:write'], memberId: await memberIdOf(other) };
    const { secret } = await gatehouse.did('POST', 'tenants/acme/api-tokens', keys);
    expect((await gatehouse.api('DELETE', path, undefined, text(secret))).status).toBe(403);
    expect((await gatehouse.api('DELETE', path, undefined, null)).status).toBe(401);
    await gatehouse.did('DELETE', path);
    const { items } = await gatehouse.did('GET', 'tenants/acme/sessions');
    expect(items).toEqual([]);
    await people.setPassword(acme.owner, 'another goose sings');
    const entered = await enter('another goose sings');
    expect((await people.finish(entered.begun, await enrol(entered))).tenant).toMatchObject({ slug: 'acme' });
    const unknown = await gatehouse.api('DELETE', `credentials/user_${'0'.repeat(26)}/second-factors`);
    expect(unknown).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });
});

async function memberIdOf(email: string): Promise<string> {
  const { items } = await gatehouse.did('GET', `tenants/acme/members?q=${encodeURIComponent(email)}`);
  return text(asRecord(asArray(items)[0])['id']);
}
