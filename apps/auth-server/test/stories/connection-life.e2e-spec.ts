import { HttpBrowser } from '@gatehouse/tools/http-browser';
import { anIdp, ConnectionDesk } from '../connection-desk';
import { asArray, asRecord, Gatehouse, text } from '../gatehouse';
import { Organisation, person } from '../organisation';

let gatehouse: Gatehouse;
let application: Awaited<ReturnType<Gatehouse['application']>>;
const [idpA, idpB] = [anIdp('idp-a'), anIdp('idp-b')];

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  application = await gatehouse.application();
}, 60_000);
afterAll(() => gatehouse?.stop());

let organisations = 0;
/** A tenant with a verified domain and an owner, and no connection yet. */
async function anOrganisation(): Promise<Organisation> {
  const organisation = new Organisation(gatehouse, `org${++organisations}`);
  await organisation.register();
  await organisation.verifyDomain();
  // The last connection could not be taken from people who are set to single sign-on (TEN-10).
  await gatehouse.did('PATCH', `${organisation.path}/enforcement`, { newMembersOnSso: false });
  return organisation;
}

/** Where the login page sends an e-mail address of the organisation. */
async function loginPageLeadsTo(organisation: Organisation): Promise<string | undefined> {
  const { sso, redirectUri } = application;
  const { url } = await sso.signIn.start({ redirectUri });
  const browser = new HttpBrowser({ follow: (next) => next.startsWith(gatehouse.url) });
  const page = await browser.submit((await browser.get(url)).form('email'), {
    email: `anybody@${organisation.domain}`,
  });
  return page.location;
}

describe('several connections of a tenant', () => {
  let organisation: Organisation;
  let first: ConnectionDesk;
  let second: ConnectionDesk;
  beforeEach(async () => {
    organisation = await anOrganisation();
    first = await ConnectionDesk.enabled(gatehouse, organisation, idpA);
    second = await ConnectionDesk.enabled(gatehouse, organisation, idpB);
  });

  it('each let their own identity provider sign people in, at the same time [CON-10]', async () => {
    const [ann, bob] = [person(`ann@${organisation.domain}`), person(`bob@${organisation.domain}`)];
    await expect(first.signIn(application, ann)).resolves.toMatchObject({
      session: { connection: first.id },
      profile: { email: ann.email },
    });
    await expect(second.signIn(application, bob)).resolves.toMatchObject({
      session: { connection: second.id },
      profile: { email: bob.email },
    });
    const page = await second.answer(await second.begin(application), bob, idpA);
    expect(page.text).toMatch(/saml_issuer_mismatch|saml_signature_invalid/);
  });

  it('have one primary, the first that was enabled, which serves the login page [CON-10]', async () => {
    await expect(first.did('GET')).resolves.toMatchObject({ primary: true });
    await expect(second.did('GET')).resolves.toMatchObject({ primary: false });
    expect(await loginPageLeadsTo(organisation)).toContain(idpA.ssoUrl);
    await expect(second.did('POST', '/make-primary')).resolves.toMatchObject({
      primary: true,
      primaryConnection: second.id,
    });
    await expect(first.did('GET')).resolves.toMatchObject({ primary: false });
    expect(await loginPageLeadsTo(organisation)).toContain(idpB.ssoUrl);
  });

  it('are switched on and off each by itself, and the answer names the primary one [CON-10]', async () => {
    const off = await first.did('POST', '/disable');
    expect(off).toMatchObject({ state: 'tested', primary: false, primaryConnection: second.id });
    expect(await loginPageLeadsTo(organisation)).toContain(idpB.ssoUrl);
    const page = await second.answer(await second.begin(application), person(`cleo@${organisation.domain}`));
    expect(text(page.location)).toContain(application.redirectUri);
    const { sso, redirectUri } = application;
    const { url } = await sso.signIn.start({ redirectUri, connection: first.id });
    expect(
      (await new HttpBrowser({ follow: (next) => next.startsWith(gatehouse.url) }).get(url)).text,
    ).toContain('connection_disabled');
    await expect(second.did('POST', '/disable')).resolves.toMatchObject({ primaryConnection: null });
    expect(await loginPageLeadsTo(organisation)).toBeUndefined();
    await expect(first.did('POST', '/enable')).resolves.toMatchObject({ primaryConnection: first.id });
  });

  it('cannot be primary while they are off [CON-10]', async () => {
    await second.did('POST', '/disable');
    const refused = await second.call('POST', '/make-primary');
    expect(refused).toMatchObject({ status: 403, body: { code: 'connection_disabled' } });
    await expect(first.did('GET')).resolves.toMatchObject({ primary: true });
  });

  it('answer a sign-in that began before they were switched off with a refusal [CON-10]', async () => {
    const asked = await second.begin(application);
    await second.did('POST', '/disable');
    const page = await second.answer(asked, person(`dan@${organisation.domain}`));
    expect(page.text).toContain('connection_disabled');
  });
});

describe('deleting a connection', () => {
  let organisation: Organisation;
  let desk: ConnectionDesk;
  beforeEach(async () => {
    organisation = await anOrganisation();
    desk = await ConnectionDesk.enabled(gatehouse, organisation, idpA);
    for (const name of ['ann', 'bob'])
      await desk.signIn(application, person(`${name}@${organisation.domain}`));
  });

  it('names who would lose access and wants their number, not a stale one [CON-15]', async () => {
    const refused = await desk.call('DELETE');
    expect(refused).toMatchObject({ status: 409, body: { code: 'connection_in_use', members: 2 } });
    expect(refused.body['emails']).toEqual(['ann', 'bob'].map((name) => `${name}@${organisation.domain}`));
    await desk.signIn(application, person(`cleo@${organisation.domain}`));
    const stale = await desk.call('DELETE', '?confirm=2');
    expect(stale).toMatchObject({ status: 409, body: { code: 'connection_in_use', members: 3 } });
    await expect(desk.did('GET')).resolves.toMatchObject({ state: 'enabled' });
    await expect(desk.did('DELETE', '?confirm=3')).resolves.toMatchObject({
      sessionsEnded: 3,
      primaryConnection: null,
    });
  });

  it.each(['-1', '1.5', 'all', '1e99'])('refuses the confirmation %p [CON-15]', async (confirm) => {
    const answer = await desk.call('DELETE', `?confirm=${confirm}`);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    await expect(desk.did('GET')).resolves.toMatchObject({ state: 'enabled' });
  });

  it('closes every door to it at once, also for who is on the way [CON-15]', async () => {
    const asked = await desk.begin(application);
    await desk.did('DELETE', '?confirm=2');
    const page = await desk.answer(asked, person(`ann@${organisation.domain}`));
    expect(page.status).toBe(404);
    for (const path of [`saml/metadata/${desk.id}`, `saml/slo/${desk.id}?SAMLRequest=x`])
      expect((await fetch(`${gatehouse.url}/${path}`)).status).toBe(404);
    const calls: [string, string][] = [
      ['GET', ''],
      ['PATCH', ''],
      ['POST', '/enable'],
      ['POST', '/tests'],
      ['DELETE', '?confirm=2'],
    ];
    for (const [method, rest] of calls)
      expect(await desk.call(method, rest)).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });

  it('takes it out of the list and keeps it among the deleted ones, to be restored with its links [CON-15]', async () => {
    const list = async (query: string) => {
      const { items } = await gatehouse.did('GET', `${organisation.path}/connections${query}`);
      return asArray(items).map((item) => asRecord(item)['id']);
    };
    const { restorableUntil } = await desk.did('DELETE', '?confirm=2');
    const days = (Date.parse(text(restorableUntil)) - Date.now()) / (24 * 3600_000);
    expect(days).toBeGreaterThan(29.9);
    expect(days).toBeLessThanOrEqual(30);
    expect([await list(''), await list('?deleted=true')]).toEqual([[], [desk.id]]);
    await expect(desk.did('POST', '/restore')).resolves.toMatchObject({ state: 'tested', primary: false });
    expect([await list(''), await list('?deleted=true')]).toEqual([[desk.id], []]);
    await expect(desk.did('POST', '/enable')).resolves.toMatchObject({ primaryConnection: desk.id });
    const before = await gatehouse.count(organisation.slug);
    const again = await desk.signIn(application, person(`ann@${organisation.domain}`));
    expect(again.profile.email).toBe(`ann@${organisation.domain}`);
    expect((await gatehouse.count(organisation.slug))['members']).toBe(before['members']);
  });

  it('needs no number where nobody would lose access [CON-15]', async () => {
    const draft = await ConnectionDesk.open(gatehouse, organisation, idpB);
    await expect(draft.did('DELETE')).resolves.toMatchObject({ primaryConnection: desk.id });
  });

  it('is restored by one of several at once, and by nobody twice [CON-15]', async () => {
    await desk.did('DELETE', '?confirm=2');
    const answers = await Promise.all(Array.from({ length: 5 }, () => desk.call('POST', '/restore')));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status, body } of answers.filter((answer) => answer.status !== 200))
      expect([status, body['code']]).toEqual(status === 409 ? [409, 'conflict'] : [404, 'not_found']);
  });
});
