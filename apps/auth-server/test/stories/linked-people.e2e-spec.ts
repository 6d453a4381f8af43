import { signIn } from '../callers';
import { asArray, asRecord, Gatehouse, text } from '../gatehouse';
import { LinkDesk } from '../link-desk';
import { Organisation, person } from '../organisation';
import type { PostOffice } from '../post-office';

let gatehouse: Gatehouse;
let acme: Organisation;
let globex: Organisation;
let desk: LinkDesk;
let post: PostOffice;
const board = 'tenants/acme/linking';

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  acme = await Organisation.setUp(gatehouse, 'acme');
  globex = await Organisation.setUp(gatehouse, 'globex');
  desk = new LinkDesk(gatehouse, acme);
  post = desk.post;
}, 60_000);

afterAll(() => gatehouse?.stop());

/** How one member stands on the board. */
async function standing(email: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  const { items } = await gatehouse.did('GET', `${board}/members?limit=200`);
  return asArray(items)
    .map(asRecord)
    .find((each) => each['email'] === email);
}

async function refused(method: string, path: string) {
  const answer = await gatehouse.api(method, path);
  return [answer.status, answer.body['code']];
}

describe('unlinking a member', () => {
  it('ends the session, and only the person can link again, whatever is switched on [LNK-10] [LNK-9]', async () => {
    await gatehouse.did('PATCH', acme.path, { associateByEmail: true });
    const email = 'unlinked@acme.example';
    const caller = await signIn(gatehouse, acme, email);
    const links = `tenants/acme/members/${caller.memberId}/links`;
    await expect(gatehouse.did('DELETE', links)).resolves.toEqual({ links: 1, sessionsEnded: 1 });
    expect((await caller.call('GET', 'me')).status).toBe(401);
    expect(await standing(email)).toMatchObject({ standing: 'none', reason: 'unlinked' });
    await signInInVain(email);
    await expect(desk.linkedTo(email)).resolves.toBeUndefined();
    await expect(refused('DELETE', links)).resolves.toEqual([409, 'conflict']);
    await gatehouse.did('POST', `${board}/requests/${caller.memberId}`, {});
    await desk.follow(acme.openBrowser(), await post.linkTo(email), person(email));
    await expect(desk.linkedTo(email)).resolves.toBe(email);
    await signIn(gatehouse, acme, email);
    await gatehouse.did('PATCH', acme.path, { associateByEmail: false });
  });

  it('takes the link of one connection only where that is named [LNK-10]', async () => {
    const { memberId: id } = await signIn(gatehouse, acme, 'one@acme.example');
    const links = `tenants/acme/members/${id}/links`;
    const other = `${links}?connection=${globex.connection}`;
    await expect(refused('DELETE', other)).resolves.toEqual([409, 'conflict']);
    const own = `${links}?connection=${acme.connection}`;
    await expect(gatehouse.did('DELETE', own)).resolves.toMatchObject({ links: 1 });
    expect((await gatehouse.audit('acme'))[0]).toMatchObject({ type: expect.any(String) });
  });
});

describe('somebody whose address changes at the identity provider', () => {
  it('stays who it is, under the new address [LNK-11]', async () => {
    const who = person('mary@acme.example');
    const before = await signInAsPerson(who);
    const after = await signInAsPerson({ ...who, email: 'married@acme.example' });
    expect(after).toBe(before);
    expect(await desk.memberOf('married@acme.example')).toMatchObject({ id: before });
    expect(await desk.memberOf('mary@acme.example')).toBeUndefined();
  });

  it('does not become the colleague who has that address: owners are told, nothing changes [LNK-11]', async () => {
    const [eve, victim] = [person('eve@acme.example'), 'victim@acme.example'];
    const hers = await signInAsPerson(person(victim));
    const own = await signInAsPerson(eve);
    const letters = (await post.to(acme.owner)).length;
    await expect(signInAsPerson({ ...eve, email: victim })).resolves.toBe(own);
    await expect(signInAsPerson({ ...eve, email: victim })).resolves.toBe(own);
    expect(await desk.memberOf(victim)).toMatchObject({ id: hers });
    const told = await post.to(acme.owner);
    expect(told).toHaveLength(letters + 1);
    expect(told.at(-1)?.text).toContain(victim);
  });
});

describe('an address that another identity took, where the organisation associates by e-mail', () => {
  it('leads into no account that has an identity already: its mailbox is asked [LNK-11] [LNK-9]', async () => {
    await gatehouse.did('PATCH', acme.path, { associateByEmail: true });
    const email = 'holder@acme.example';
    const holder = await signInAsPerson(person(email));
    const asked = await acme.arriveAtIdp(`${gatehouse.url}/account/sign-in?tenant=acme`);
    const page = await acme.answer(asked, { ...person(email), nameId: 'somebody-else' });
    expect(page.text).toContain(`We mailed a code to ${email}`);
    await expect(desk.linkedTo('somebody-else')).resolves.toBeUndefined();
    await expect(signInAsPerson(person(email))).resolves.toBe(holder);
    await gatehouse.did('PATCH', acme.path, { associateByEmail: false });
  });
});

/** Signs in and answers with the member's ID. */
async function signInAsPerson(who: ReturnType<typeof person>): Promise<string> {
  const url = `${gatehouse.url}/account/sign-in?tenant=acme`;
  const asked = await acme.arriveAtIdp(url);
  await acme.answer(asked, who);
  const cookie = asked.browser.cookies.header(new URL(gatehouse.url), { method: 'GET', crossSite: false });
  const answer = await fetch(`${gatehouse.url}/api/v1/me`, {
    headers: { cookie, 'sec-fetch-site': 'same-origin' },
  });
  return text(asRecord(asRecord(await answer.json())['member'])['id']);
}

/** Goes through the identity provider and comes back without a session. */
async function signInInVain(email: string): Promise<void> {
  const asked = await acme.arriveAtIdp(`${gatehouse.url}/account/sign-in?tenant=acme`);
  await acme.answer(asked, person(email));
  const cookie = asked.browser.cookies.header(new URL(gatehouse.url), { method: 'GET', crossSite: false });
  const me = await fetch(`${gatehouse.url}/api/v1/me`, {
    headers: { cookie, 'sec-fetch-site': 'same-origin' },
  });
  expect(me.status).toBe(401);
}
