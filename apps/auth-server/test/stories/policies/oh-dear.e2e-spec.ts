import { asArray, asRecord, Gatehouse, text } from '../../gatehouse';
import { LocalPeople, password, totpCode } from '../../local-account';
import { Organisation } from '../../organisation';
import { PolicyDesk, titleOf, type ReadyMade, type SignedIn } from '../../policy-desk';

/** As Oh Dear documents it: links and no guessing by e-mail, required of the team, and a password for its owners. */
const ohDear: ReadyMade = {
  policy: { newMembersOnSso: false, breakGlass: 'owner', secondFactor: 'if-enrolled' },
  connection: { jit: true },
  organisation: { associateByEmail: false },
};

const requiresSso = 'Your organization requires SSO';

let gatehouse: Gatehouse;
let people: LocalPeople;
let team: PolicyDesk;
let owner: SignedIn;
let secret: string;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  people = new LocalPeople(gatehouse, await gatehouse.application());
  team = await PolicyDesk.furnish(people, 'team', ohDear);
  await people.join('team', 'mattias@team.example');
  await team.signIn('freek@team.example');
}, 60_000);

afterAll(() => gatehouse?.stop());

describe('a team that is set as Oh Dear documents it', () => {
  it('sends people to its identity provider by their e-mail, and shows others the password at once [LOG-1] [LOG-2]', async () => {
    const one = await people.begin();
    const left = await one.browser.submit(one.page.form('email'), { email: 'new@team.example' });
    expect(text(left.location)).toContain(team.organisation.idp.ssoUrl);
    const other = await people.begin();
    const stays = await other.browser.submit(other.page.form('email'), { email: 'x@elsewhere.example' });
    expect(stays.form('password').fields['email']).toBe('x@elsewhere.example');
  });

  it('takes nobody over by an e-mail address: an account that is there is linked by its owner [LNK-1] [LNK-6]', async () => {
    const before = (await gatehouse.audit('team')).length;
    await expect(team.bySso('mattias@team.example')).resolves.not.toBe('signed in');
    await expect(gatehouse.audit('team')).resolves.toHaveLength(before);
    const { items } = await gatehouse.did('GET', 'tenants/team/sign-ins?limit=1');
    expect(items).toEqual([expect.objectContaining({ outcome: 'link-pending', purpose: 'sign-in' })]);
  });

  it('requires it after a test, by who is signed in by it, with a list of who loses access [ENF-2] [ENF-3] [ENF-12]', async () => {
    owner = await team.ownerWithPassword();
    const early = await team.require(owner.caller);
    expect(early).toMatchObject({ status: 409, body: { code: 'required_not_ready' } });
    secret = (await team.passDrill(owner)).secret;
    const preview = await team.preview();
    expect(preview).toMatchObject({
      counts: { linked: 1, 'not-linked': 1, 'break-glass': 2 },
      losesAccess: 1,
    });
    await gatehouse.did('POST', 'tenants/team/members', { email: 'late@team.example' });
    const { fingerprint } = preview;
    const stale = await owner.caller.call('POST', `${team.path}/require`, { fingerprint });
    expect(stale).toMatchObject({ status: 409, body: { code: 'preview_stale' } });
  });

  it('ends password sessions of its members then, while API tokens go on working [ENF-9] [SES-4]', async () => {
    const mattias = await team.signInByPassword('mattias@team.example');
    const wanted = { name: 'Reports', scopes: ['members:read'], memberId: owner.memberId };
    const token = text((await gatehouse.did('POST', 'tenants/team/api-tokens', wanted))['secret']);
    await expect(team.require(owner.caller)).resolves.toMatchObject({ status: 200 });
    await expect(mattias.caller.call('GET', 'me')).resolves.toMatchObject({ status: 401 });
    const byToken = await gatehouse.api('GET', 'tenants/team/members', undefined, token);
    expect(byToken.status).toBe(200);
  });

  it('says so to who types a password, with the button that leads on [LOG-8] [ENF-4]', async () => {
    const { browser } = await people.begin();
    const form = await team.passwordForm(browser);
    const page = await browser.submit(form, { email: 'mattias@team.example', password });
    expect([page.status, titleOf(page)]).toEqual([403, requiresSso]);
    const left = await browser.press('Sign in with SAML');
    expect(text(left.location)).toContain(team.organisation.idp.ssoUrl);
  });

  it('lets an owner in by password and two-factor, which single sign-on is never asked for [LOG-6] [ENF-4]', async () => {
    const { browser } = await people.begin();
    const form = await team.passwordForm(browser);
    const asked = await browser.submit(form, { email: 'chief@team.example', password });
    expect(titleOf(asked)).toBe('Confirm that it is you');
    const page = await browser.submit(asked.form('code'), { code: totpCode(secret, 1) });
    expect(page.location).toContain(people.application.redirectUri);
    await expect(team.bySso('chief@team.example')).resolves.toBe('signed in');
  });

  it('leaves the same people their password in other teams [ENF-8] [SES-2]', async () => {
    await gatehouse.did('POST', 'tenants', { slug: 'side', name: 'Side project' });
    await gatehouse.did('POST', 'tenants/side/members', { email: 'mattias@team.example', role: 'owner' });
    const side = new PolicyDesk(gatehouse, new Organisation(gatehouse, 'side'), people);
    await expect(side.byPassword('mattias@team.example')).resolves.toBe('signed in');
  });

  it('ends the session of who is removed at once, and within a day that of everybody [TEN-6] [SES-1]', async () => {
    const freek = await team.signIn('freek@team.example');
    const { items } = await freek.caller.did('GET', 'tenants/team/sessions');
    const own = asArray(items)
      .map(asRecord)
      .find(({ current }) => current);
    const lasts = Date.parse(text(own?.['expiresAt'])) - Date.parse(text(own?.['createdAt']));
    expect(lasts).toBeLessThanOrEqual(24 * 3_600_000);
    await gatehouse.did('DELETE', `tenants/team/members/${freek.memberId}`);
    await expect(freek.caller.call('GET', 'me')).resolves.toMatchObject({ status: 401 });
  });
});
