import { hashToken, LinkRequestStore } from '@gatehouse/core';
import { asArray, asRecord, Gatehouse } from '../gatehouse';
import { LinkDesk } from '../link-desk';
import { Organisation, person } from '../organisation';

let gatehouse: Gatehouse;
let acme: Organisation;
let desk: LinkDesk;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  acme = await Organisation.setUp(gatehouse, 'acme');
  desk = new LinkDesk(gatehouse, acme);
}, 60_000);

afterAll(() => gatehouse?.stop());

/** A member who was asked by mail, and the link of that mail. */
async function asked(name: string) {
  const email = `${name}@acme.example`;
  await desk.join(email);
  return { email, link: await desk.ask(email) };
}

async function sessionsOf(email: string): Promise<number> {
  const audit = await gatehouse.audit('acme');
  const member = await desk.memberOf(email);
  return audit.filter(({ type, data }) => {
    return type === 'sign_in.succeeded' && JSON.stringify(data).includes(String(member?.['id']));
  }).length;
}

describe('the link of a mail', () => {
  it('connects the account once its member has signed in at the identity provider, and signs nobody in [LNK-3]', async () => {
    const { email, link } = await asked('ana');
    const browser = acme.openBrowser();
    const shown = await browser.get(link);
    expect([shown.status, shown.headers['referrer-policy']]).toEqual([200, 'no-referrer']);
    expect(shown.text).toContain(email);
    const done = await desk.follow(browser, link, person(email));
    expect(done.text).toContain('Your account is connected');
    await expect(desk.linkedTo(email)).resolves.toBe(email);
    await expect(sessionsOf(email)).resolves.toBe(0);
    expect((await browser.get(`${gatehouse.url}/account`)).text).not.toContain('Signed in as');
    const trace = await desk.newestTrace();
    expect(trace).toMatchObject({ purpose: 'link', outcome: 'link-pending' });
    const address = asArray(trace['checks'])
      .map(asRecord)
      .find(({ name }) => name === 'address');
    expect(address).toMatchObject({ result: 'passed', want: email, got: email });
  });

  it('changes nothing by being looked at, however often, and counts as opened by a person only [LNK-3] [LNK-4]', async () => {
    const { email, link } = await asked('scanned');
    for (let round = 0; round < 3; round++) expect((await acme.openBrowser().get(link)).status).toBe(200);
    const requestNow = () => {
      const token = new URL(link).pathname.split('/').at(-1) ?? '';
      return gatehouse.app.get(LinkRequestStore).findByTokenAnywhere(hashToken(token));
    };
    expect(await requestNow()).toMatchObject({ email });
    expect(await requestNow()).not.toHaveProperty('openedAt');
    const browser = acme.openBrowser();
    await browser.get(link);
    await browser.press('Continue and sign in');
    expect(await requestNow()).toMatchObject({ openedAt: expect.any(Date) });
    expect(await requestNow()).not.toHaveProperty('usedAt');
  });

  it('works once: later it says so, and leads on to the sign-in [LNK-3]', async () => {
    const { email, link } = await asked('once');
    await desk.follow(acme.openBrowser(), link, person(email));
    const again = await acme.openBrowser().get(link);
    expect([again.status, again.text]).toEqual([410, expect.stringContaining('It was used already')]);
    expect(again.text).not.toContain('Mail me a new link');
    const posted = await acme.openBrowser().post(link, {});
    expect([posted.status, posted.location]).toEqual([410, undefined]);
  });
});

describe('an identity with another address', () => {
  it('is connected only with the code that is mailed to the account [LNK-5]', async () => {
    const { email, link } = await asked('ben');
    const browser = acme.openBrowser();
    const page = await desk.follow(browser, link, person('benjamin@acme.example'));
    expect(page.text).toContain('benjamin@acme.example');
    expect(page.text).toContain(`We mailed a code to ${email}`);
    await expect(desk.linkedTo('benjamin@acme.example')).resolves.toBeUndefined();
    const done = await browser.press('Connect the account', { code: await desk.codeTo(email) });
    expect(done.text).toContain('Your account is connected');
    await expect(desk.linkedTo('benjamin@acme.example')).resolves.toBe(email);
  });
});
