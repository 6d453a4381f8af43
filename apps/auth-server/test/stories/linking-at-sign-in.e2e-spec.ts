import type { HttpBrowser, Page } from '@gatehouse/tools/http-browser';
import { Gatehouse, text } from '../gatehouse';
import { LinkDesk } from '../link-desk';
import { LocalPeople } from '../local-account';
import { Organisation, person } from '../organisation';

let gatehouse: Gatehouse;
let acme: Organisation;
let desk: LinkDesk;
let people: LocalPeople;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  acme = await Organisation.setUp(gatehouse, 'acme');
  desk = new LinkDesk(gatehouse, acme);
  people = new LocalPeople(gatehouse, await gatehouse.application());
  await gatehouse.did('POST', 'tenants', { slug: 'globex', name: 'Globex' });
}, 60_000);

afterAll(() => gatehouse?.stop());

/** A sign-in that an application asked for, answered by the identity provider in the person's name. */
async function arrive(email: string) {
  const { browser, page, sealedState } = await people.begin({ tenant: 'acme' }, acme.openBrowser());
  return { browser, sealedState, page: await desk.answer(browser, page, person(email)) };
}

async function type(browser: HttpBrowser, email: string): Promise<Page> {
  return browser.press('Connect the account', { code: await desk.codeTo(email) });
}

async function signIns(): Promise<number> {
  return Number((await gatehouse.count('acme'))['signIns']);
}

describe('a member who is not linked', () => {
  it('signs in after a code from the mailbox, by the round to the identity provider that follows [LNK-5] [LNK-1]', async () => {
    const email = 'ana@acme.example';
    await desk.join(email);
    const before = await signIns();
    const { browser, page, sealedState } = await arrive(email);
    expect(page.text).toContain('There is an account with this address here, which is not connected yet.');
    expect([await desk.linkedTo(email), await signIns()]).toEqual([undefined, before]);
    await expect(desk.newestTrace()).resolves.toMatchObject({ purpose: 'sign-in', outcome: 'link-pending' });
    const onward = await type(browser, email);
    expect([await desk.linkedTo(email), await signIns()]).toEqual([email, before]);
    const arrived = await desk.answer(browser, onward, person(email));
    const result = await people.finish({ browser, page, sealedState }, arrived);
    expect(result.profile).toMatchObject({ email });
    await expect(signIns()).resolves.toBe(before + 1);
  });

  it('is told in the mail with the code who asked, and nothing that is not so [LNK-5]', async () => {
    const email = 'honest@acme.example';
    await desk.join(email);
    await arrive(email);
    const letter = (await desk.post.to(email)).at(-1)?.text;
    expect(letter).toContain(`as ${email}`);
    expect(letter).toContain('The two are not connected yet');
    expect(letter).not.toContain('does not have the address');
  });

  it('is told by mail that the account opens by another sign-in now, and what it was [LNK-5]', async () => {
    const email = 'told@acme.example';
    await desk.join(email);
    await type((await arrive(email)).browser, email);
    const [, told] = (await desk.post.to(email)).slice(-2);
    expect(told?.text).toContain('Company sign-in');
    expect(told?.subject).not.toMatch(/\d{4} \d{4}/);
  });

  it('gets a new code where the first one did not come, and the old one is worth nothing [LNK-5]', async () => {
    const email = 'slow@acme.example';
    await desk.join(email);
    const { browser } = await arrive(email);
    const first = await desk.codeTo(email);
    await browser.press('Mail me another code');
    const wrong = await browser.press('Connect the account', { code: first });
    expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('This code is not right')]);
    await type(browser, email);
    await expect(desk.linkedTo(email)).resolves.toBe(email);
  });

  it('gets three codes for one sign-in, and no more [LNK-5]', async () => {
    const email = 'often@acme.example';
    await desk.join(email);
    const { browser } = await arrive(email);
    for (let more = 0; more < 2; more++)
      expect((await browser.press('Mail me another code')).status).toBe(200);
    const refused = await browser.press('Mail me another code');
    expect([refused.status, refused.text]).toEqual([
      429,
      expect.stringContaining('No more codes can be mailed'),
    ]);
    await expect(desk.post.to(email)).resolves.toHaveLength(3);
    await type(browser, email);
    await expect(desk.linkedTo(email)).resolves.toBe(email);
  });

  it('is mailed no more than six codes an hour, whoever has them sent [LNK-5]', async () => {
    const email = 'flooded@acme.example';
    await desk.join(email);
    for (let codes = 0; codes < 6; codes++) await arrive(email);
    const { page, browser } = await arrive(email);
    expect(page.text).toContain('No code was mailed');
    const refused = await browser.press('Mail me another code');
    expect([refused.status, refused.text]).toEqual([429, expect.stringContaining('Too many codes')]);
    await expect(desk.post.to(email)).resolves.toHaveLength(6);
  });

  it('is led to a sign-in of ours where it began at the identity provider, and opens no session before [LNK-5] [SML-2]', async () => {
    const email = 'portal@acme.example';
    await desk.join(email);
    await acme.set({ idpInitiated: 'accept' });
    const before = await gatehouse.count('acme');
    const page = await acme.initiate(acme.openBrowser(), person(email));
    await acme.set({ idpInitiated: 'off' });
    expect(page.status).toBeLessThan(400);
    await expect(desk.newestTrace()).resolves.toMatchObject({ outcome: 'bounced' });
    expect([await desk.linkedTo(email), await gatehouse.count('acme')]).toEqual([undefined, before]);
    await expect(desk.post.to(email)).resolves.toEqual([]);
  });
});

describe('an owner who is not linked', () => {
  it('is linked by no mailbox, whatever the identity provider says of the address [LNK-5] [LNK-1]', async () => {
    const { page } = await arrive(acme.owner);
    expect([page.status, page.text]).toEqual([403, expect.stringContaining('link_required')]);
    expect(page.text).toContain('choose Connect on your account page');
    await expect(desk.post.to(acme.owner)).resolves.toEqual([]);
    await expect(desk.linkedTo(acme.owner)).resolves.toBeUndefined();
  });

  it('is none that a code makes one: who became an owner meanwhile is refused [LNK-5]', async () => {
    const email = 'risen@acme.example';
    const id = await desk.join(email);
    const { browser } = await arrive(email);
    await gatehouse.did('PATCH', `tenants/acme/members/${id}`, { role: 'owner' });
    const refused = await type(browser, email);
    expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('link_required')]);
    await expect(desk.linkedTo(email)).resolves.toBeUndefined();
  });
});

describe('somebody who has an account, and is no member', () => {
  it('needs an invitation while auto-join is off, as it is by default [LNK-7]', async () => {
    const email = 'guest@acme.example';
    await gatehouse.did('POST', 'tenants/globex/members', { email, role: 'member' });
    const { page } = await arrive(email);
    expect([page.status, page.text]).toEqual([403, expect.stringContaining('link_required')]);
    await expect(desk.memberOf(email)).resolves.toBeUndefined();
  });

  it('becomes a member by a code from the mailbox where auto-join is on, in the role that JIT gives [LNK-7] [LNK-5]', async () => {
    const email = 'joiner@acme.example';
    await gatehouse.did('POST', 'tenants/globex/members', { email, role: 'owner' });
    await acme.set({ autoJoin: true, jit: false, defaultRole: 'viewer' });
    const { browser, page } = await arrive(email);
    expect(page.text).toContain('By this you become a member of acme Inc.');
    await expect(desk.memberOf(email)).resolves.toBeUndefined();
    const onward = await type(browser, email);
    await acme.set({ autoJoin: false, jit: true, defaultRole: 'member' });
    expect(text(onward.location)).toContain(acme.idp.ssoUrl);
    await expect(desk.memberOf(email)).resolves.toMatchObject({ role: 'viewer' });
    await expect(desk.linkedTo(email)).resolves.toBe(email);
  });

  it('joins nothing that was switched off while the code was under way [LNK-7]', async () => {
    const email = 'late@acme.example';
    await gatehouse.did('POST', 'tenants/globex/members', { email, role: 'member' });
    await acme.set({ autoJoin: true });
    const { browser } = await arrive(email);
    await acme.set({ autoJoin: false });
    const refused = await type(browser, email);
    expect([refused.status, refused.text]).toEqual([410, expect.stringContaining('link_revoked')]);
    await expect(desk.memberOf(email)).resolves.toBeUndefined();
  });

  it('stays out of an organisation that removed them, auto-join or not [LNK-7] [TEN-11]', async () => {
    const email = 'gone@acme.example';
    await gatehouse.did('POST', 'tenants/globex/members', { email, role: 'member' });
    await acme.set({ autoJoin: true });
    const { browser } = await arrive(email);
    const id = await desk.join(email);
    await gatehouse.did('DELETE', `tenants/acme/members/${id}`);
    const refused = await type(browser, email);
    const again = await arrive(email);
    await acme.set({ autoJoin: false });
    expect([refused.status, refused.text]).toEqual([410, expect.stringContaining('link_revoked')]);
    expect(again.page.text).toContain('member_removed');
    await expect(desk.memberOf(email)).resolves.toBeUndefined();
  });
});
