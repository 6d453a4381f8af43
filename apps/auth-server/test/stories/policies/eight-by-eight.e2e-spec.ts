import { Gatehouse, text } from '../../gatehouse';
import { LocalPeople, password, secretOn, totpCode } from '../../local-account';
import { PolicyDesk, titleOf, type ReadyMade } from '../../policy-desk';

/** As 8x8 documents it: required of everybody but the administrators, who keep a password for the day it fails. */
const eightByEight: ReadyMade = {
  policy: { newMembersOnSso: false, breakGlass: 'owner-and-admin' },
  connection: { jit: true },
};

const requiresSso = 'Your organization requires SSO';

let gatehouse: Gatehouse;
let people: LocalPeople;
let acme: PolicyDesk;
let secret: string;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  people = new LocalPeople(gatehouse, await gatehouse.application());
  acme = await PolicyDesk.furnish(people, 'acme', eightByEight);
  await people.join('acme', 'admin@acme.example', 'admin');
  await people.join('acme', 'agent@acme.example');
}, 60_000);

afterAll(() => gatehouse?.stop());

describe('a customer that is set as 8x8 documents it', () => {
  it('has single sign-on off, optional or required, in this order [ENF-1]', async () => {
    await expect(acme.policy()).resolves.toMatchObject({ sso: 'optional' });
    await acme.change({ sso: 'off' });
    await expect(acme.byPassword('agent@acme.example')).resolves.toBe('signed in');
    const off = await people.begin();
    const page = await off.browser.get(`${gatehouse.url}/t/acme/login`);
    expect(page.text).not.toContain('Sign in with SAML');
    await acme.change({ sso: 'optional' });
  });

  it('has a page of its own with the button for it [LOG-4]', async () => {
    const { browser } = await people.begin();
    const page = await browser.get(`${gatehouse.url}/t/acme/login`);
    expect(page.text).toContain('Sign in with SAML');
    expect(page.text).toContain('type="password"');
    const left = await browser.press('Sign in with SAML');
    expect(text(left.location)).toContain(acme.organisation.idp.ssoUrl);
  });

  it('lets nobody but its administrators see or change it, and says whom to ask [TEN-3]', async () => {
    const agent = await acme.signInByPassword('agent@acme.example');
    const seen = await agent.caller.call('GET', acme.path);
    expect(seen).toMatchObject({ status: 403, body: { code: 'not_an_admin', ask: ['owner@acme.example'] } });
    const changed = await agent.caller.call('PATCH', acme.path, { sso: 'off' });
    expect(changed).toMatchObject({ status: 403, body: { code: 'not_an_admin' } });
    const admin = await acme.signInByPassword('admin@acme.example');
    await expect(admin.caller.call('GET', acme.path)).resolves.toMatchObject({ status: 200 });
  });

  it('is required of agents, while administrators come in by password and a second factor, told to all owners [ENF-4] [ENF-11]', async () => {
    const owner = await acme.readyOwner();
    await expect(acme.require(owner.caller)).resolves.toMatchObject({ status: 200 });
    await expect(acme.byPassword('agent@acme.example')).resolves.toBe(requiresSso);
    const { browser } = await people.begin();
    const form = await acme.passwordForm(browser);
    const setUp = await browser.submit(form, { email: 'admin@acme.example', password });
    expect(titleOf(setUp)).toBe('Set up a second factor');
    secret = secretOn(setUp);
    const shown = await browser.submit(setUp.form('code'), { code: totpCode(secret) });
    const done = await browser.follow(/class="button" href="([^"]+)"/.exec(shown.text)?.[1] ?? '');
    expect(done.location).toContain(people.application.redirectUri);
    for (const to of ['owner@acme.example', 'chief@acme.example'])
      expect((await people.post.to(to)).at(-1)?.text).toContain('admin@acme.example');
  });

  it('may leave that way in to its owners alone [ENF-4]', async () => {
    await acme.change({ breakGlass: 'owner' });
    const { browser } = await people.begin();
    const form = await acme.passwordForm(browser);
    const asked = await browser.submit(form, { email: 'admin@acme.example', password });
    const page = await browser.submit(asked.form('code'), { code: totpCode(secret, 1) });
    expect([page.status, titleOf(page)]).toEqual([403, requiresSso]);
    await expect(acme.explain('admin@acme.example')).resolves.toMatchObject({ rule: 'sso-required' });
    await expect(acme.explain('chief@acme.example')).resolves.toMatchObject({ rule: 'break-glass' });
  });

  it('has it only where the operator includes it [TEN-9]', async () => {
    await gatehouse.did('PATCH', acme.organisation.path, { ssoEntitled: false });
    await expect(acme.byPassword('agent@acme.example')).resolves.toBe('signed in');
    await expect(acme.tryChange({ sso: 'optional' })).resolves.toMatchObject({ status: 200 });
    await gatehouse.did('PATCH', acme.organisation.path, { ssoEntitled: true });
  });
});
