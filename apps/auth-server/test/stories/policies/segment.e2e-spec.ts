import { asRecord, Gatehouse, text } from '../../gatehouse';
import { LocalPeople, password } from '../../local-account';
import { Organisation } from '../../organisation';
import { PolicyDesk, type ReadyMade } from '../../policy-desk';

/** As Segment documents it: association by e-mail, then required, with exceptions for people outside. */
const segment: ReadyMade = {
  policy: { newMembersOnSso: false, breakGlass: 'owner' },
  connection: { jit: true },
  organisation: { associateByEmail: true },
};

const requiresSso = 'Your organization requires SSO';

let gatehouse: Gatehouse;
let people: LocalPeople;
let acme: PolicyDesk;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  people = new LocalPeople(gatehouse, await gatehouse.application());
  acme = await PolicyDesk.furnish(people, 'acme', segment);
}, 60_000);

afterAll(() => gatehouse?.stop());

describe('a workspace that is set as Segment documents it', () => {
  it('has single sign-on optional once its connection is on: both ways lead in [ENF-1]', async () => {
    await people.join('acme', 'ada@acme.example');
    await expect(acme.byPassword('ada@acme.example')).resolves.toBe('signed in');
    await expect(acme.bySso('ada@acme.example')).resolves.toBe('signed in');
  });

  it('knows a member by the address in its own domain, and makes members of unknown colleagues [LNK-9] [LNK-6]', async () => {
    await people.join('acme', 'ben@acme.example', 'admin');
    const before = await acme.memberId('ben@acme.example');
    await expect(acme.signIn('ben@acme.example')).resolves.toMatchObject({ memberId: before });
    await expect(acme.signIn('newcomer@acme.example')).resolves.toBeDefined();
    await people.join('acme', 'cleo@elsewhere.example');
    await expect(acme.bySso('cleo@elsewhere.example')).resolves.not.toBe('signed in');
  });

  it('is required by an owner who came in by it, after a passed test, and by nobody else [ENF-2]', async () => {
    const operator = await gatehouse.api('POST', `${acme.path}/require`, { fingerprint: 'any' });
    expect(operator).toMatchObject({ status: 409, body: { code: 'required_not_ready' } });
    const owner = await acme.readyOwner();
    await expect(acme.require(owner.caller)).resolves.toMatchObject({ status: 200 });
    await expect(acme.byPassword('ada@acme.example')).resolves.toBe(requiresSso);
    await expect(acme.bySso('ada@acme.example')).resolves.toBe('signed in');
  });

  it('says nothing about other workspaces of the same person, and is no way into them [ENF-8] [SES-2]', async () => {
    const other = await Organisation.setUp(gatehouse, 'globex');
    await gatehouse.did('POST', `${other.path}/members`, {
      ...{ email: 'ada@acme.example', role: 'owner', sso: 'inherit' },
    });
    const desk = new PolicyDesk(gatehouse, other, people);
    await expect(desk.byPassword('ada@acme.example')).resolves.toBe('signed in');
    const ada = await acme.signIn('ada@acme.example');
    await expect(ada.caller.call('GET', other.path)).resolves.toMatchObject({ status: 404 });
    const asked = await ada.browser.get(`${gatehouse.url}/account/sign-in?tenant=globex`);
    expect(text(asked.location)).toContain(other.idp.ssoUrl);
  });

  it('takes people of any domain, who are exempt by the same invitation [TEN-5] [ENF-5]', async () => {
    const wanted = { email: 'agency@elsewhere.example', role: 'member' };
    const path = `${acme.organisation.path}/invitations`;
    const without = await gatehouse.api('POST', path, wanted);
    expect(without.body['code']).toBe('exemption_needed');
    await gatehouse.did('POST', path, { ...wanted, exemption: { reason: 'an agency without an account' } });
    const browser = people.browser();
    await browser.get(await people.post.linkTo(wanted.email));
    await browser.press('Continue');
    await browser.press('Join', { name: 'Agnes Agency', password });
    await expect(acme.byPassword(wanted.email)).resolves.toBe('signed in');
    const id = await acme.memberId(wanted.email);
    await gatehouse.did('DELETE', `${acme.organisation.path}/members/${id}/exemption`);
    await expect(acme.byPassword(wanted.email)).resolves.toBe(requiresSso);
  });

  it('leads addresses of its verified domain to its identity provider, and no others [LOG-1] [DOM-10]', async () => {
    const { browser, page } = await people.begin();
    const left = await browser.submit(page.form('email'), { email: 'anybody@acme.example' });
    expect(text(left.location)).toContain(acme.organisation.idp.ssoUrl);
    const other = await people.begin();
    const stays = await other.browser.submit(other.page.form('email'), { email: 'agency@elsewhere.example' });
    expect(stays.form('password').fields['email']).toBe('agency@elsewhere.example');
  });

  it('keeps all of it while the plan does not include it [TEN-9]', async () => {
    await gatehouse.did('PATCH', acme.organisation.path, { ssoEntitled: false });
    await expect(acme.byPassword('ada@acme.example')).resolves.toBe('signed in');
    const shown = await gatehouse.did('GET', acme.path);
    expect([shown['inEffect'], asRecord(shown['policy'])['sso']]).toEqual([false, 'required']);
    await gatehouse.did('PATCH', acme.organisation.path, { ssoEntitled: true });
    await expect(acme.byPassword('ada@acme.example')).resolves.toBe(requiresSso);
  });
});
