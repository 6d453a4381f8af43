import { Gatehouse } from '../../gatehouse';
import { LocalPeople, password, secretOn, totpCode } from '../../local-account';
import { PolicyDesk, titleOf, type ReadyMade } from '../../policy-desk';

/** As SparkPost documents it: never required of all, but set for each user, new ones by default, with no way past it. */
const sparkPost: ReadyMade = {
  policy: { newMembersOnSso: true, secondFactor: 'if-enrolled' },
  connection: { jit: true },
};

const requiresSso = 'Your organization requires SSO';

let gatehouse: Gatehouse;
let people: LocalPeople;
let acme: PolicyDesk;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  people = new LocalPeople(gatehouse, await gatehouse.application());
  acme = await PolicyDesk.furnish(people, 'acme', sparkPost);
}, 60_000);

afterAll(() => gatehouse?.stop());

describe('an account that is set as SparkPost documents it', () => {
  it('starts new users on single sign-on, unless it says otherwise [ENF-7]', async () => {
    await people.join('acme', 'new@acme.example');
    await expect(acme.byPassword('new@acme.example')).resolves.toBe(requiresSso);
    await expect(acme.bySso('jit@acme.example')).resolves.toBe('signed in');
    await expect(acme.explain('jit@acme.example')).resolves.toMatchObject({ sso: 'sso' });
    await acme.change({ newMembersOnSso: false });
    await people.join('acme', 'other@acme.example');
    await expect(acme.byPassword('other@acme.example')).resolves.toBe('signed in');
    await acme.change({ newMembersOnSso: true });
  });

  it('sets it for one user or for all, and nothing gets past it but an admin’s change [ENF-6]', async () => {
    await acme.setSso('other@acme.example', 'sso');
    await expect(acme.byPassword('other@acme.example')).resolves.toBe(requiresSso);
    await acme.exempt('other@acme.example', { reason: 'in vain' });
    await people.setPassword('other@acme.example');
    await expect(acme.byPassword('other@acme.example')).resolves.toBe(requiresSso);
    const path = `${acme.organisation.path}/members/sign-in`;
    await gatehouse.did('POST', path, { sso: 'password', members: 'all' });
    await expect(acme.byPassword('other@acme.example')).resolves.toBe('signed in');
    const all = await gatehouse.did('POST', path, { sso: 'sso', members: 'all' });
    expect(all).toMatchObject({ owners: { members: 1 }, changed: 3 });
    await expect(acme.byPassword('other@acme.example')).resolves.toBe(requiresSso);
  });

  it('has users of both kinds side by side: one by single sign-on, one by password and two-factor [LOG-7] [LOG-5]', async () => {
    await acme.setSso('other@acme.example', 'password');
    await acme.change({ secondFactor: 'required' });
    const { browser } = await people.begin();
    const form = await acme.passwordForm(browser);
    const setUp = await browser.submit(form, { email: 'other@acme.example', password });
    expect(titleOf(setUp)).toBe('Set up a second factor');
    await browser.submit(setUp.form('code'), { code: totpCode(secretOn(setUp)) });
    await expect(acme.byPassword('other@acme.example')).resolves.toBe('Confirm that it is you');
    await expect(acme.bySso('jit@acme.example')).resolves.toBe('signed in');
    await expect(acme.explain('other@acme.example', { method: 'sso' })).resolves.toMatchObject({
      ...{ allowed: false, rule: 'member-not-on-sso' },
    });
    await acme.change({ secondFactor: 'if-enrolled' });
  });

  it('changes the role of a user of single sign-on, which the next request feels [TEN-4] [TEN-3]', async () => {
    const { caller, memberId } = await acme.signIn('jit@acme.example');
    const path = `${acme.organisation.path}/members/${memberId}`;
    await expect(caller.call('GET', acme.path)).resolves.toMatchObject({
      ...{ status: 403, body: { code: 'not_an_admin' } },
    });
    await gatehouse.did('PATCH', path, { role: 'admin' });
    await expect(caller.call('GET', acme.path)).resolves.toMatchObject({ status: 200 });
    await gatehouse.did('PATCH', path, { role: 'viewer' });
    await expect(caller.call('GET', acme.path)).resolves.toMatchObject({ status: 403 });
  });

  it('goes back the way it came: users first, then the account, then the connection [TEN-10]', async () => {
    const { path, connection } = acme.organisation;
    const disable = () => gatehouse.api('POST', `${path}/connections/${connection}/disable`);
    await expect(disable()).resolves.toMatchObject({ status: 409, body: { code: 'members_on_sso' } });
    await expect(acme.tryChange({ sso: 'off' })).resolves.toMatchObject({
      ...{ status: 409, body: { code: 'members_on_sso' } },
    });
    await gatehouse.did('POST', `${path}/members/sign-in`, { sso: 'inherit', members: 'all' });
    await acme.change({ sso: 'off' });
    await expect(acme.byPassword('new@acme.example')).resolves.toBe('signed in');
    await expect(disable()).resolves.toMatchObject({ status: 200 });
    await gatehouse.did('POST', `${path}/connections/${connection}/enable`);
    await expect(acme.bySso('jit@acme.example')).resolves.toBe('signed in');
  });

  it('may be served at a host of its own, from which its addresses are made [TEN-8]', async () => {
    await gatehouse.did('PATCH', acme.organisation.path, { host: 'sso.acme.test' });
    const made = await gatehouse.did('POST', `${acme.organisation.path}/connections`, { label: 'EU' });
    expect(JSON.stringify(made['serviceProvider'])).toContain('//sso.acme.test');
    await gatehouse.did('PATCH', acme.organisation.path, { host: null });
  });

  it('is a thing that the plan includes or not [TEN-9]', async () => {
    await gatehouse.did('PATCH', acme.organisation.path, { ssoEntitled: false });
    await expect(acme.bySso('jit@acme.example').catch(() => 'refused')).resolves.not.toBe('signed in');
    await gatehouse.did('PATCH', acme.organisation.path, { ssoEntitled: true });
    await expect(acme.bySso('jit@acme.example')).resolves.toBe('signed in');
  });
});
