import { HttpBrowser } from '@gatehouse/tools/http-browser';
import { Gatehouse, text } from '../gatehouse';
import { LinkDesk } from '../link-desk';
import { Organisation, person } from '../organisation';

let gatehouse: Gatehouse;
let acme: Organisation;
let globex: Organisation;
let desk: LinkDesk;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  acme = await Organisation.setUp(gatehouse, 'acme');
  globex = await Organisation.setUp(gatehouse, 'globex');
  await globex.moveTo('sso.globex.example');
  desk = new LinkDesk(gatehouse, acme);
}, 60_000);

afterAll(() => gatehouse?.stop());

async function asked(name: string) {
  const email = `${name}@acme.example`;
  const id = await desk.join(email);
  return { id, email, link: await desk.ask(email) };
}

/** Somebody at the page that asks for the code, and as whom the identity provider vouched for them. */
async function atTheCode(name: string, as = `${name}.else@acme.example`) {
  const { email, id, link } = await asked(name);
  const browser = acme.openBrowser();
  await desk.follow(browser, link, person(as));
  return { browser, email, id, link, as };
}

describe('a link of a mail in the wrong hands', () => {
  it('needs the code from the member where a colleague signs in as herself [LNK-5]', async () => {
    const { browser, email, as } = await atTheCode('boss', 'colleague@acme.example');
    expect(browser.page.text).toContain('colleague@acme.example');
    await expect(desk.post.to('colleague@acme.example')).resolves.toEqual([]);
    for (const code of ['00000000', '']) {
      const refused = await browser.press('Connect the account', { code });
      expect([refused.status, refused.text]).toEqual([
        422,
        expect.stringContaining('This code is not right'),
      ]);
    }
    await expect(desk.linkedTo(as)).resolves.toBeUndefined();
    await expect(desk.codeTo(email)).resolves.toMatch(/\d/);
  });

  it('is over after five wrong codes, and the right one comes too late [LNK-5]', async () => {
    const { browser, email, as } = await atTheCode('guessed');
    const right = await desk.codeTo(email);
    const { action } = browser.page.form('code');
    const wrong = right.startsWith('1') ? '2000 0000' : '1000 0000';
    for (let tries = 0; tries < 5; tries++) await browser.post(action, { code: wrong });
    expect(browser.page.text).toContain('A wrong code was typed five times');
    const late = await browser.post(action, { code: right });
    expect([late.status, late.text]).toEqual([422, expect.stringContaining('Nothing was connected')]);
    await expect(desk.linkedTo(as)).resolves.toBeUndefined();
  });

  it('takes no code of another link, and no code in another browser [LNK-5]', async () => {
    const [one, other] = [await atTheCode('one'), await atTheCode('other')];
    const code = await desk.codeTo(other.email);
    expect((await one.browser.press('Connect the account', { code })).status).toBe(422);
    const thief = acme.openBrowser();
    const { action } = other.browser.page.form('code');
    expect((await thief.post(action, { code })).text).toContain('cookies_blocked');
    for (const request of [() => one.browser.post(action, { code }), () => one.browser.get(action)]) {
      const page = await request();
      expect([page.status, page.text]).toEqual([403, expect.stringContaining('flow_other_browser')]);
      expect(page.text).not.toContain(other.email);
    }
    await expect(desk.linkedTo(other.as)).resolves.toBeUndefined();
  });

  it('gives the end of its round to the browser that began, and to no other [LNK-3] [SES-6]', async () => {
    const { email, link } = await asked('ticket');
    const browser = acme.openBrowser();
    await browser.get(link);
    const page = await browser.press('Continue and sign in');
    const { acsUrl, form } = acme.idp.respond(acme.idp.readRedirect(text(page.location)), person(email));
    const thief = new HttpBrowser({ follow: () => false });
    const answered = await thief.post(acsUrl, { ...form }, acme.idp.ssoUrl);
    const stranger = acme.openBrowser();
    await stranger.get(`${gatehouse.url}/login/arrived?ticket=x`);
    const taken = await stranger.get(text(answered.location));
    expect(taken.text).toMatch(/flow_other_browser|cookies_blocked/);
    await expect(desk.linkedTo(email)).resolves.toBeUndefined();
    expect((await browser.get(text(answered.location))).text).toContain('Your account is connected');
    const replayed = await browser.post(acsUrl, { ...form }, acme.idp.ssoUrl);
    expect(replayed.status).toBe(403);
  });

  it('is confirmed once: the same form again says that it is done, and writes nothing [LNK-3] [LNK-5]', async () => {
    const { browser, email, as } = await atTheCode('twice');
    const { action } = browser.page.form('code');
    const code = await desk.codeTo(email);
    const pages = await Promise.all(Array.from({ length: 4 }, () => browser.post(action, { code })));
    expect(
      pages.filter(({ text: shown }) => shown.includes('Your account is connected')).length,
    ).toBeGreaterThan(0);
    const linked = (await gatehouse.audit('acme')).filter(({ type, data }) => {
      return type === 'member.linked' && JSON.stringify(data).includes('"provenBy":"code"');
    });
    expect(linked).toHaveLength(1);
    expect((await browser.post(action, { code })).text).toContain('Your account is connected');
    await expect(desk.linkedTo(as)).resolves.toBe(email);
  });
});

describe('an identity provider that lies, or is turned', () => {
  it('links nobody to an identity that is somebody else’s already [LNK-1]', async () => {
    const [first, second] = [await asked('first'), await asked('second')];
    await desk.follow(acme.openBrowser(), first.link, person(first.email));
    const page = await desk.follow(acme.openBrowser(), second.link, person(first.email));
    expect([page.status, page.text]).toEqual([409, expect.stringContaining('link_other_user')]);
    await expect(desk.linkedTo(first.email)).resolves.toBe(first.email);
    await expect(desk.newestTrace()).resolves.toMatchObject({ outcome: 'refused', code: 'link_other_user' });
  });

  it('links nobody whose link was sent for the connection as it was [LNK-3]', async () => {
    const { browser, email, as } = await atTheCode('turned');
    const { link, email: waiting } = await asked('waiting');
    const code = await desk.codeTo(email);
    const turn = (entityId: string) =>
      desk.change(`UPDATE connections SET idp = jsonb_set(idp, '{entityId}', to_jsonb($1::text))`, [
        entityId,
      ]);
    await turn('https://idp.evil.example/entity');
    const refused = await browser.press('Connect the account', { code });
    expect([refused.status, refused.text]).toEqual([410, expect.stringContaining('link_revoked')]);
    const shown = await acme.openBrowser().get(link);
    await turn(acme.idp.entityId);
    expect([shown.status, shown.text]).toEqual([410, expect.stringContaining('cannot be used')]);
    await expect(desk.linkedTo(as)).resolves.toBeUndefined();
    await expect(desk.linkedTo(waiting)).resolves.toBeUndefined();
  });

  it('links an address outside the verified domains by the code alone, for a member who was asked by name [LNK-8]', async () => {
    const email = 'contractor@elsewhere.example';
    await desk.join(email);
    const browser = acme.openBrowser();
    await desk.follow(browser, await desk.ask(email), person(email));
    // The very same address, of which this identity provider may say nothing.
    expect(browser.page.text).toContain(`We mailed a code to ${email}`);
    expect(browser.page.text).not.toContain('has another address');
    await expect(desk.linkedTo(email)).resolves.toBeUndefined();
    await browser.press('Connect the account', { code: await desk.codeTo(email) });
    await expect(desk.linkedTo(email)).resolves.toBe(email);
  });

  it('asks for the code where it names no address at all [LNK-5]', async () => {
    const { email, link } = await asked('nameless');
    const browser = acme.openBrowser();
    const page = await desk.follow(browser, link, { nameId: 'uid-of-nameless' });
    expect(page.text).toContain('did not say which address is yours');
    await expect(desk.linkedTo('uid-of-nameless')).resolves.toBeUndefined();
    await browser.press('Connect the account', { code: await desk.codeTo(email) });
    await expect(desk.linkedTo('uid-of-nameless')).resolves.toBe(email);
  });

  it('inherits no link by a changed NameID: the new one is asked for a code, the old one signs in as ever [LNK-11]', async () => {
    const { email, link } = await asked('renamed');
    await desk.follow(acme.openBrowser(), link, person(email));
    const again = await acme.arriveAtIdp(`${gatehouse.url}/account/sign-in?tenant=acme`);
    const page = await acme.answer(again, { ...person(email), nameId: 'another-id' });
    expect(page.text).toContain(`We mailed a code to ${email}`);
    await expect(desk.linkedTo('another-id')).resolves.toBeUndefined();
    await expect(desk.linkedTo(email)).resolves.toBe(email);
  });
});

describe('whose link it is', () => {
  it('leads nowhere at the host of another organisation [LNK-3] [TEN-8]', async () => {
    const { link } = await asked('hosted');
    const there = new URL(link);
    for (const method of ['get', 'post'] as const) {
      const browser = globex.openBrowser();
      const address = `http://sso.globex.example${there.pathname}`;
      const page = method === 'get' ? await browser.get(address) : await browser.post(address, {});
      expect([page.status, page.text]).toEqual([404, expect.not.stringContaining('hosted@acme.example')]);
    }
    expect((await acme.openBrowser().get(link)).status).toBe(200);
  });

  it('is nobody’s who was removed or suspended since, and the page sends no mail to them [LNK-3]', async () => {
    const { id, link, email } = await asked('left');
    await gatehouse.did('DELETE', `tenants/acme/members/${id}`);
    const shown = await acme.openBrowser().get(link);
    expect([shown.status, shown.text]).toEqual([404, expect.not.stringContaining(email)]);
    const suspended = await asked('paused');
    await gatehouse.did('POST', `tenants/acme/members/${suspended.id}/suspend`);
    const page = await desk.follow(acme.openBrowser(), suspended.link, person(suspended.email));
    expect([page.status, page.text]).toEqual([403, expect.stringContaining('member_suspended')]);
    await expect(desk.linkedTo(suspended.email)).resolves.toBeUndefined();
  });

  it('is not told from one that never was, nor taken from a form of another site [LNK-3] [SEC-2]', async () => {
    const { link } = await asked('foreign');
    for (const token of ['x'.repeat(43), 'short', 'confirm']) {
      const page = await acme.openBrowser().get(`${gatehouse.url}/link/${token}`);
      expect([page.status, page.text]).toEqual([404, expect.stringContaining('It leads nowhere.')]);
    }
    const posted = await acme.openBrowser().post(link, {}, 'https://evil.example/');
    expect([posted.status, posted.text]).toEqual([403, expect.stringContaining('another site')]);
  });

  it('is asked for anew where it has expired, by the page that says so, at the address on file alone [LNK-3]', async () => {
    const { link, email } = await asked('expired');
    await desk.change(`UPDATE link_requests SET expires_at = now() - interval '1 second' WHERE email = $1`, [
      email,
    ]);
    const browser = acme.openBrowser();
    const page = await browser.get(link);
    expect([page.status, page.text]).toEqual([410, expect.stringContaining('It has expired')]);
    expect(page.text).not.toContain(email);
    const before = (await desk.post.to(email)).length;
    const answers = [await browser.press('Mail me a new link')];
    await expect(desk.post.to(email)).resolves.toHaveLength(before);
    // Minutes later, when one more letter no longer confuses anybody.
    await desk.change(`DELETE FROM rate_limits`, []);
    await browser.get(link);
    answers.push(await browser.press('Mail me a new link'));
    await expect(desk.post.to(email)).resolves.toHaveLength(before + 1);
    answers.push(await browser.post(`${gatehouse.url}/link/${'x'.repeat(43)}/again`, {}));
    expect(new Set(answers.map(({ text: shown }) => shown)).size).toBe(1);
    await desk.follow(browser, await desk.post.linkTo(email), person(email));
    await expect(desk.linkedTo(email)).resolves.toBe(email);
  });

  it('waits for a code fifteen minutes, and says then that nothing was connected [LNK-5]', async () => {
    const { browser, email, as } = await atTheCode('slow');
    const code = await desk.codeTo(email);
    await desk.change(`UPDATE pending_links SET expires_at = now() - interval '1 second' WHERE email = $1`, [
      email,
    ]);
    const late = await browser.press('Connect the account', { code });
    expect([late.status, late.text]).toEqual([422, expect.stringContaining('more than 15 minutes')]);
    await expect(desk.linkedTo(as)).resolves.toBeUndefined();
  });
});

describe('somebody who was turned away', () => {
  const answer = async (email: string) => {
    const asked = await acme.arriveAtIdp(`${gatehouse.url}/account/sign-in?tenant=acme`);
    return { browser: asked.browser, page: await acme.answer(asked, person(email)) };
  };

  it('can have a link mailed to the address on file, and learns nothing by asking [LOG-9] [LNK-8]', async () => {
    const email = 'freelance@elsewhere.example';
    await desk.join(email);
    const { browser, page } = await answer(email);
    expect(page.text).toContain('email_domain_not_verified');
    const asked = await browser.press('Mail me a link');
    const link = await desk.post.linkTo(email);
    const stranger = await answer('stranger@elsewhere.example');
    const same = await stranger.browser.press('Mail me a link');
    const owner = await answer(acme.owner);
    const refused = await owner.browser.press('Mail me a link');
    expect(new Set([asked, same, refused].map((shown) => [shown.status, shown.text].join())).size).toBe(1);
    for (const address of ['stranger@elsewhere.example', acme.owner])
      await expect(desk.post.to(address)).resolves.toEqual([]);
    expect((await acme.openBrowser().get(link)).text).toContain(email);
  });

  it('cannot go through a company’s addresses by asking [LOG-9] [SEC-1]', async () => {
    await desk.change('DELETE FROM rate_limits', []);
    const browser = acme.openBrowser();
    const ask = (round: number) =>
      browser.post(`${gatehouse.url}/link/ask`, {
        connection: acme.connection,
        email: `${round}@acme.example`,
      });
    const statuses = [];
    for (let round = 0; round < 12; round++) statuses.push((await ask(round)).status);
    expect(statuses).toEqual([...Array<number>(10).fill(200), 429, 429]);
    const forged = await browser.post(`${gatehouse.url}/link/ask`, {}, 'https://evil.example/');
    expect(forged.status).toBe(403);
  });
});
