import type { Person } from '@gatehouse/tools/saml-idp';
import { asArray, asRecord, Gatehouse, text } from '../gatehouse';
import { LinkDesk } from '../link-desk';
import { LocalPeople, password } from '../local-account';
import { Organisation, person } from '../organisation';

let gatehouse: Gatehouse;
let acme: Organisation;
let desk: LinkDesk;
let people: LocalPeople;
let okta: Directory;

/** A directory's client: it makes, changes and deletes people. */
interface Directory {
  readonly path: string;
  create(userName: string, more?: object): Promise<string>;
  setActive(id: string, active: boolean): Promise<void>;
  remove(id: string): Promise<void>;
}

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  acme = await Organisation.setUp(gatehouse, 'acme');
  desk = new LinkDesk(gatehouse, acme);
  people = new LocalPeople(gatehouse, await gatehouse.application());
  okta = await aDirectory({ name: 'Okta' });
  await gatehouse.did('POST', 'tenants', { slug: 'globex', name: 'Globex' });
}, 60_000);

// Everything that lets strangers in is on, unless a story says otherwise.
beforeEach(() => acme.set({ jit: true, autoJoin: true }));

afterAll(() => gatehouse?.stop());

async function aDirectory(wanted: object): Promise<Directory> {
  const made = await gatehouse.did('POST', `${acme.path}/directories`, wanted);
  const path = `${acme.path}/directories/${text(made['id'])}`;
  const { secret } = await gatehouse.did('POST', `${path}/tokens`, { name: 'Client' });
  const send = async (method: string, at: string, body?: object) => {
    const answer = await fetch(`${text(made['baseUrl'])}${at}`, {
      method,
      headers: { authorization: `Bearer ${text(secret)}`, 'content-type': 'application/scim+json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    expect([method, at, answer.ok]).toEqual([method, at, true]);
    return answer.status === 204 ? {} : asRecord(await answer.json());
  };
  const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User'];
  return {
    path,
    create: async (userName, more = {}) =>
      text((await send('POST', '/Users', { schemas, userName, active: true, ...more }))['id']),
    setActive: async (id, active) => {
      const Operations = [{ op: 'replace', path: 'active', value: active }];
      await send('PATCH', `/Users/${id}`, {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations,
      });
    },
    remove: async (id) => void (await send('DELETE', `/Users/${id}`)),
  };
}

/** What becomes of a sign-in that an application asked for, answered by the identity provider in the person's name. */
async function signIn(who: Person): Promise<string> {
  const begun = await people.begin({ tenant: 'acme' }, acme.openBrowser());
  const page = await desk.answer(begun.browser, begun.page, who);
  const { outcome, code } = await desk.newestTrace();
  if (outcome === 'link-pending') return 'asked for a code';
  if (page.status >= 400) return text(code);
  const { profile } = await people.finish(begun, page);
  return `signed in as ${text(asRecord(profile)['email'])}`;
}

describe('a person whom a directory brought', () => {
  it('signs in at once, without a code and where nobody else gets an account [SCM-10]', async () => {
    await acme.set({ jit: false, autoJoin: false });
    await expect(signIn(person('early@acme.example'))).resolves.toBe('jit_disabled');
    await okta.create('early@acme.example');
    await expect(signIn(person('early@acme.example'))).resolves.toBe('signed in as early@acme.example');
    await expect(desk.linkedTo('early@acme.example')).resolves.toBe('early@acme.example');
    await expect(desk.newestTrace()).resolves.toMatchObject({ outcome: 'signed-in' });
    // The same address under another subject is no longer the directory's to hand out.
    await expect(signIn({ ...person('early@acme.example'), nameId: 'other' })).resolves.toBe(
      'asked for a code',
    );
  });

  it('is met by the ID that the directory gives, under whatever address it comes [SCM-10]', async () => {
    const entra = await aDirectory({ name: 'Entra ID', pairing: { by: 'external-id' } });
    await entra.create('bob@acme.example', { externalId: 'E-1001' });
    const bob = { ...person('robert.smith@acme.example'), nameId: 'E-1001' };
    await expect(signIn(bob)).resolves.toBe('signed in as bob@acme.example');
    // An address is not what this directory goes by.
    await entra.create('cleo@acme.example', { externalId: 'E-1002' });
    await expect(signIn(person('cleo@acme.example'))).resolves.toBe('asked for a code');
    // Nor is an ID, where the address is a colleague's.
    await entra.create('dora@acme.example', { externalId: 'E-1003' });
    const asColleague = { ...person('cleo@acme.example'), nameId: 'E-1003' };
    await expect(signIn(asColleague)).resolves.toBe('asked for a code');
    await expect(desk.linkedTo('E-1003')).resolves.toBeUndefined();
  });

  it('is met through the connection of that directory only [SCM-10]', async () => {
    const wanted = { label: 'Another', metadataXml: new Organisation(gatehouse, 'other').idp.metadata() };
    const { id } = await gatehouse.did('POST', `${acme.path}/connections`, { ...wanted, settings: {} });
    const elsewhere = await aDirectory({ name: 'Of another', connectionId: id });
    await elsewhere.create('fay@acme.example');
    await expect(signIn(person('fay@acme.example'))).resolves.toBe('asked for a code');
  });

  it('confirms by a code where the account was there before the directory [SCM-10] [LNK-5]', async () => {
    await desk.join('gil@acme.example');
    await okta.create('gil@acme.example');
    await expect(signIn(person('gil@acme.example'))).resolves.toBe('asked for a code');
    await expect(desk.linkedTo('gil@acme.example')).resolves.toBeUndefined();
  });

  it('confirms by a code once the account belongs to another organisation as well [SCM-10] [LNK-5]', async () => {
    await okta.create('hal@acme.example');
    await gatehouse.did('POST', 'tenants/globex/members', { email: 'hal@acme.example' });
    await expect(signIn(person('hal@acme.example'))).resolves.toBe('asked for a code');
  });

  it('confirms by a code after an administrator took the link [SCM-10] [LNK-10]', async () => {
    await okta.create('ivy@acme.example');
    await signIn(person('ivy@acme.example'));
    const member = text((await desk.memberOf('ivy@acme.example'))?.['id']);
    await gatehouse.did('DELETE', `${acme.path}/members/${member}/links`);
    await expect(signIn(person('ivy@acme.example'))).resolves.toBe('asked for a code');
  });
});

describe('a person whom a directory wants out', () => {
  it('comes in by no way while it is deactivated, and again when it is active [SCM-3] [SCM-9]', async () => {
    const id = await okta.create('jan@acme.example');
    await signIn(person('jan@acme.example'));
    await okta.setActive(id, false);
    await expect(signIn(person('jan@acme.example'))).resolves.toBe('member_suspended');
    await expect(signIn({ ...person('jan@acme.example'), nameId: 'new' })).resolves.toBe('deprovisioned');
    await okta.setActive(id, true);
    await expect(signIn(person('jan@acme.example'))).resolves.toBe('signed in as jan@acme.example');
  });

  it('is not let in by JIT where the directory never let it in [SCM-3]', async () => {
    const id = await okta.create('kim@acme.example', { active: false });
    await expect(signIn(person('kim@acme.example'))).resolves.toBe('deprovisioned');
    await okta.setActive(id, true);
    await expect(signIn(person('kim@acme.example'))).resolves.toBe('signed in as kim@acme.example');
    const other = await okta.create('leo@acme.example', { active: false });
    await okta.remove(other);
    await expect(signIn(person('leo@acme.example'))).resolves.toBe('deprovisioned');
  });

  it('does not come back by JIT after it was deleted, but by the directory or a word of ours [SCM-3] [TEN-11]', async () => {
    const id = await okta.create('mia@acme.example');
    await signIn(person('mia@acme.example'));
    await okta.remove(id);
    await expect(signIn(person('mia@acme.example'))).resolves.toBe('member_removed');
    await expect(okta.create('mia@acme.example')).resolves.toBe(id);
    await expect(signIn(person('mia@acme.example'))).resolves.toBe('signed in as mia@acme.example');
    await okta.remove(id);
    const { items } = await gatehouse.did('GET', `${acme.path}/removed-members?limit=200`);
    const gone = asArray(items)
      .map(asRecord)
      .find(({ email }) => email === 'mia@acme.example');
    await gatehouse.did('POST', `${acme.path}/removed-members/${text(gone?.['id'])}/readmit`);
    await expect(signIn(person('mia@acme.example'))).resolves.toBe('asked for a code');
  });

  it('is recognised by the ID of the directory under a new address, and makes no second person [SCM-3] [SCM-9]', async () => {
    const pairing = { by: 'external-id', attribute: 'lastName' };
    const entra = await aDirectory({ name: 'By number', pairing });
    const id = await entra.create('nora@acme.example', { externalId: '4711' });
    const nora = (email: string) => ({ ...person(email), lastName: '4711' });
    await expect(signIn(nora('nora@acme.example'))).resolves.toBe('signed in as nora@acme.example');
    await entra.setActive(id, false);
    const renamed = { ...nora('nora.new@acme.example'), nameId: 'another' };
    await expect(signIn(renamed)).resolves.toBe('deprovisioned');
    await entra.remove(id);
    await expect(signIn(renamed)).resolves.toBe('deprovisioned');
    await expect(desk.memberOf('nora.new@acme.example')).resolves.toBeUndefined();
  });

  it('is let in by an invitation, which is a word of ours [SCM-3] [TEN-11]', async () => {
    await okta.create('otto@acme.example', { active: false });
    await gatehouse.did('POST', `${acme.path}/invitations`, { email: 'otto@acme.example', role: 'member' });
    await expect(signIn(person('otto@acme.example'))).resolves.toBe('signed in as otto@acme.example');
  });

  it('joins no more by a code that was under way when the directory said no [SCM-3] [LNK-7]', async () => {
    const email = 'pia@acme.example';
    await gatehouse.did('POST', 'tenants/globex/members', { email });
    const { browser, page } = await people.begin({ tenant: 'acme' }, acme.openBrowser());
    await desk.answer(browser, page, person(email));
    await okta.create(email, { active: false });
    const refused = await browser.press('Connect the account', { code: await desk.codeTo(email) });
    expect([refused.status, refused.text]).toEqual([410, expect.stringContaining('link_revoked')]);
    await expect(desk.memberOf(email)).resolves.toBeUndefined();
  });

  it('does not come back by a colleague’s account either [SCM-3]', async () => {
    await okta.create('quin@acme.example', { active: false });
    const colleague = 'rosa@acme.example';
    await people.join('acme', colleague, 'owner');
    const browser = acme.openBrowser();
    const way = new URLSearchParams({ tenant: 'acme', way: 'password', return: '/account/connections' });
    const asked = await browser.get(`${gatehouse.url}/account/sign-in?${way.toString()}`);
    await browser.submit(asked.form('password'), { email: colleague, password });
    const page = await browser.press('Connect with Company sign-in of acme Inc.');
    const refused = await desk.answer(browser, page, person('quin@acme.example'));
    expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('deprovisioned')]);
    await expect(desk.linkedTo('quin@acme.example')).resolves.toBeUndefined();
  });
});
