import { HttpBrowser } from '@gatehouse/tools/http-browser';
import { signIn } from '../callers';
import { asArray, asRecord, Gatehouse, text } from '../gatehouse';
import { Organisation, person } from '../organisation';

const contact = { text: 'sales@gatehouse.example', url: 'mailto:sales@gatehouse.example' };

let gatehouse: Gatehouse;
let acme: Organisation;
let application: Awaited<ReturnType<Gatehouse['application']>>;

beforeAll(async () => {
  gatehouse = await Gatehouse.start({ ssoContact: contact });
  acme = await Organisation.setUp(gatehouse, 'acme');
  application = await gatehouse.application();
}, 60_000);

afterAll(() => gatehouse?.stop());
beforeEach(() => entitle(true));

async function entitle(ssoEntitled: boolean): Promise<void> {
  await gatehouse.did('PATCH', acme.path, { ssoEntitled });
}

async function ask(hints: object = { tenant: 'acme' }) {
  const { sso, redirectUri } = application;
  const { url, sealedState } = await sso.signIn.start({ redirectUri, ...hints });
  return { url, sealedState, redirectUri };
}

async function signsIn(email: string): Promise<void> {
  const { url, sealedState, redirectUri } = await ask();
  const page = await acme.answer(await acme.arriveAtIdp(url), person(email));
  await application.sso.signIn.finish({ callbackUrl: text(page.location), sealedState, redirectUri });
}

async function discover(email: string) {
  return (await gatehouse.api('POST', 'discover', { email }, null)).body;
}

describe('an organisation whose entitlement to single sign-on ends', () => {
  it('is found by its domain no more, as if it had none [TEN-9] [LOG-3]', async () => {
    expect(await discover('ben@acme.example')).toEqual({ kind: 'sso', connectionLabel: 'Company sign-in' });
    await entitle(false);
    expect(await discover('ben@acme.example')).toEqual(await discover('ben@nobody.example'));
  });

  const hints: [string, () => object][] = [
    ['tenant', () => ({ tenant: 'acme' })],
    ['connection', () => ({ connection: acme.connection })],
    ['domain', () => ({ domain: acme.domain })],
    ['e-mail', () => ({ loginHint: acme.owner })],
  ];
  it.each(hints)(
    'is asked for a password where an application names its %s [TEN-9] [LOG-4]',
    async (_, hint) => {
      const { url } = await ask(hint());
      await entitle(false);
      const browser = new HttpBrowser();
      let page = await browser.get(url);
      if (page.text.includes('type="email"') && !page.text.includes('type="password"'))
        page = await browser.submit(page.form('email'), { email: acme.owner });
      expect(page.status).toBe(200);
      expect(page.text).toContain('type="password"');
      expect(browser.history.map(({ url: visited }) => new URL(visited).origin)).toEqual(
        browser.history.map(() => gatehouse.url),
      );
    },
  );

  it('lets nobody in by an answer that was on its way, and writes nothing of who is new [TEN-9]', async () => {
    const asked = await acme.arriveAtIdp((await ask()).url);
    const before = await gatehouse.count('acme');
    await entitle(false);
    const page = await acme.answer(asked, person('new@acme.example'));
    expect([page.status, page.text.includes('sso_not_entitled')]).toEqual([403, true]);
    expect(await gatehouse.count('acme')).toEqual(before);
  });

  it('lets nobody in by an answer that nobody asked for [TEN-9] [SML-2]', async () => {
    await acme.set({ idpInitiated: 'accept' });
    await entitle(false);
    const before = await gatehouse.count('acme');
    const page = await acme.initiate(new HttpBrowser({ follow: () => false }), person('new@acme.example'));
    expect([page.status, page.text.includes('sso_not_entitled')]).toEqual([403, true]);
    expect(await gatehouse.count('acme')).toEqual(before);
    await entitle(true);
    await acme.set({ idpInitiated: 'off' });
  });

  it('has no session by single sign-on left that would do [TEN-9]', async () => {
    const caller = await signIn(gatehouse, acme, 'ben@acme.example');
    expect((await caller.call('GET', 'me')).status).toBe(200);
    await entitle(false);
    expect((await caller.call('GET', 'me')).status).toBe(401);
    const ended = (await gatehouse.audit('acme')).filter(({ type }) => type === 'session.ended');
    expect(ended.length).toBeGreaterThan(0);
    expect(ended[0]).toMatchObject({ actor: { kind: 'operator' } });
  });

  it('switches no connection on, and may change all of them [TEN-9]', async () => {
    const second = await gatehouse.did('POST', `${acme.path}/connections`, {
      label: 'Second',
      metadataXml: acme.idp.metadata(),
    });
    const path = `${acme.path}/connections/${text(second['id'])}`;
    const { startUrl } = await gatehouse.did('POST', `${path}/tests`);
    await acme.answer(await acme.arriveAtIdp(text(startUrl)), person(acme.owner));
    await entitle(false);
    const refused = await gatehouse.api('POST', `${path}/enable`);
    expect([refused.status, refused.body['code']]).toEqual([403, 'sso_not_entitled']);
    expect(await gatehouse.did('PATCH', path, { label: 'Third' })).toMatchObject({
      label: 'Third',
      state: 'tested',
    });
    expect(await gatehouse.did('POST', `${path}/tests`)).toHaveProperty('startUrl');
    await entitle(true);
    expect(await gatehouse.did('POST', `${path}/enable`)).toMatchObject({ state: 'enabled' });
    await gatehouse.did('POST', `${path}/disable`);
  });

  it('has lost nothing when the entitlement returns [TEN-9]', async () => {
    await signsIn('ben@acme.example');
    const everything = async () => {
      const [connections, domains, members] = await Promise.all(
        ['connections', 'domains', 'members'].map((what) => gatehouse.did('GET', `${acme.path}/${what}`)),
      );
      const people = asArray(members?.['items']).map((each) => [
        asRecord(each)['email'],
        asRecord(each)['role'],
      ]);
      return { connections, domains, people, tenant: await gatehouse.did('GET', acme.path) };
    };
    const before = await everything();
    await entitle(false);
    await entitle(true);
    expect(await everything()).toEqual(before);
    await signsIn('ben@acme.example');
  });

  it('is told so in its audit log: what was, what is, and that the operator did it [TEN-9] [AUD-1]', async () => {
    await entitle(false);
    const latest = (await gatehouse.audit('acme')).find(({ type }) => type === 'tenant.updated');
    expect(latest).toMatchObject({
      actor: { kind: 'operator' },
      before: { ssoEntitled: true },
      after: { ssoEntitled: false },
    });
  });
});

describe('the overview of single sign-on', () => {
  it('shows who lacks it what it would get and whom to ask, and who has it neither [TEN-9]', async () => {
    await entitle(false);
    const without = await gatehouse.did('GET', `${acme.path}/sso`);
    expect(without).toMatchObject({ entitled: false, inEffect: false, sso: 'optional', ask: contact });
    const named = asArray(without['features']).map((each) => asRecord(each)['feature']);
    expect(named).toEqual(expect.arrayContaining(['identity-provider', 'enforcement', 'single-logout']));
    await entitle(true);
    const entitled = await gatehouse.did('GET', `${acme.path}/sso`);
    expect(entitled).toMatchObject({ entitled: true, inEffect: true, warnings: [] });
    expect(entitled).not.toHaveProperty('ask');
  });

  it('names the steps that are done and the one that is next, there and back [TEN-10]', async () => {
    const beta = new Organisation(gatehouse, 'beta');
    const progress = async () => {
      const { steps, next, undo } = await gatehouse.did('GET', `${beta.path}/sso`);
      const done = asArray(steps)
        .map(asRecord)
        .filter((each) => each['done']);
      return [done.map(({ step }) => step).join(), next, undo];
    };
    await beta.register();
    expect(await progress()).toEqual(['', 'connection', undefined]);
    await beta.verifyDomain();
    await beta.connect();
    expect(await progress()).toEqual(['', 'connection', undefined]);
    await beta.test(person(beta.owner));
    expect(await progress()).toEqual(['connection', 'tenant', 'connection']);
    const path = `${beta.path}/connections/${beta.connection}`;
    await gatehouse.did('POST', `${path}/enable`);
    expect(await progress()).toEqual(['connection,tenant', 'people', 'tenant']);
    await gatehouse.did('POST', `${path}/disable`);
    expect(await progress()).toEqual(['connection', 'tenant', 'connection']);
  });

  it('can be had of a tenant that was made without the entitlement [TEN-9]', async () => {
    const wanted = { slug: 'gamma', name: 'Gamma', ssoEntitled: false };
    expect(await gatehouse.did('POST', 'tenants', wanted)).toMatchObject({ ssoEntitled: false });
    expect(await gatehouse.did('GET', 'tenants/gamma/sso')).toMatchObject({
      entitled: false,
      next: 'connection',
    });
  });
});
