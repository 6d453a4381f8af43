import { asArray, asRecord, Gatehouse, text } from '../gatehouse';
import { LocalPeople } from '../local-account';
import { Organisation } from '../organisation';
import { PolicyDesk } from '../policy-desk';

let gatehouse: Gatehouse;
let people: LocalPeople;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  people = new LocalPeople(gatehouse, await gatehouse.application());
}, 60_000);

afterAll(() => gatehouse?.stop());

const requiresSso = 'Your organization requires SSO';

/** An organisation with single sign-on, where newcomers start as the policy has it. */
async function aDesk(slug: string): Promise<PolicyDesk> {
  const desk = new PolicyDesk(gatehouse, await Organisation.setUp(gatehouse, slug), people);
  await desk.change({ newMembersOnSso: false });
  return desk;
}

describe('setting up, on for the organisation, on for its people', () => {
  it('are three steps, forwards and backwards, and no other way round [TEN-10]', async () => {
    const desk = await aDesk('acme');
    const { path, connection } = desk.organisation;
    const disable = () => gatehouse.api('POST', `${path}/connections/${connection}/disable`);
    const remove = () => gatehouse.api('DELETE', `${path}/connections/${connection}?confirm=0`);
    await people.join('acme', 'ada@acme.example');
    await desk.setSso('ada@acme.example', 'sso');

    for (const attempt of [disable, remove, () => desk.tryChange({ sso: 'off' })])
      await expect(attempt()).resolves.toMatchObject({
        status: 409,
        body: { code: 'members_on_sso', members: 1, mender: 'it-admin' },
      });
    await gatehouse.did('POST', `${path}/members/sign-in`, { sso: 'inherit', members: 'all' });
    await desk.change({ sso: 'off' });
    const early = await gatehouse.api('POST', `${path}/members/sign-in`, { sso: 'sso', members: 'all' });
    expect(early).toMatchObject({ status: 403, body: { code: 'sso_off' } });
    await expect(disable()).resolves.toMatchObject({ status: 200 });
    await expect(desk.tryChange({ sso: 'optional' })).resolves.toMatchObject({
      status: 409,
      body: { code: 'sso_needs_connection' },
    });
    await gatehouse.did('POST', `${path}/connections/${connection}/enable`);
    await expect(desk.policy()).resolves.toMatchObject({ sso: 'optional' });
  });

  it('end together where the last connection goes and nobody needs it, sessions included [TEN-10] [ENF-9]', async () => {
    const desk = await aDesk('globex');
    const { path, connection } = desk.organisation;
    const ada = await desk.signIn('ada@globex.example');
    await gatehouse.did('POST', `${path}/connections/${connection}/disable`);
    await expect(desk.policy()).resolves.toMatchObject({ sso: 'off' });
    await expect(ada.caller.call('GET', 'me')).resolves.toMatchObject({ status: 401 });
    const audit = await gatehouse.audit('globex');
    expect(audit.find(({ type }) => type === 'policy.changed')).toMatchObject({
      ...{ before: { sso: 'optional' }, after: { sso: 'off' } },
    });
    expect(audit.find(({ type }) => type === 'session.ended')).toMatchObject({ data: { reason: 'policy' } });
  });

  it('are not undone while single sign-on is required [TEN-10]', async () => {
    const desk = await aDesk('initech');
    const owner = await desk.readyOwner();
    await expect(desk.require(owner.caller)).resolves.toMatchObject({ status: 200 });
    const { path, connection } = desk.organisation;
    const disabled = await gatehouse.api('POST', `${path}/connections/${connection}/disable`);
    expect(disabled).toMatchObject({ status: 409, body: { code: 'sso_still_required' } });
    const confirm = (await gatehouse.api('DELETE', `${path}/connections/${connection}`)).body['members'];
    const removed = await gatehouse.api(
      'DELETE',
      `${path}/connections/${connection}?confirm=${String(confirm)}`,
    );
    expect(removed).toMatchObject({ status: 409, body: { code: 'sso_still_required' } });
    await expect(owner.caller.call('GET', 'me')).resolves.toMatchObject({ status: 200 });
  });

  it('leave what switching on does to the operator [ENF-1] [ENF-2]', async () => {
    const desk = await aDesk('umbrella');
    const owner = await desk.ownerBySso();
    const wanted = { ssoWhenEnabled: 'required' };
    const tried = await owner.caller.call('PATCH', desk.path, wanted);
    expect(tried).toMatchObject({ status: 403, body: { code: 'operator_required' } });
    await expect(desk.change(wanted)).resolves.toMatchObject({ policy: wanted });
    const { path, connection } = desk.organisation;
    await gatehouse.did('POST', `${path}/connections/${connection}/disable`);
    await gatehouse.did('POST', `${path}/connections/${connection}/enable`);
    await expect(desk.policy()).resolves.toMatchObject({ sso: 'required' });
  });
});

describe('the operator', () => {
  it('may have new organisations start on required, all of them or one [ENF-1]', async () => {
    const strict = await Gatehouse.start({ ssoWhenEnabled: 'required' });
    try {
      const acme = await Organisation.setUp(strict, 'acme');
      const { policy } = await strict.did('GET', `${acme.path}/enforcement`);
      expect(policy).toMatchObject({ sso: 'required', ssoWhenEnabled: 'required' });
      await strict.did('POST', 'tenants', { slug: 'kind', name: 'Kind', ssoWhenEnabled: 'optional' });
      await expect(strict.did('GET', 'tenants/kind/enforcement')).resolves.toMatchObject({
        policy: { sso: 'off', ssoWhenEnabled: 'optional' },
      });
    } finally {
      await strict.stop();
    }
  }, 30_000);
});

describe('settings of single members', () => {
  let desk: PolicyDesk;
  beforeAll(async () => {
    desk = await aDesk('hooli');
    for (const name of ['ada', 'ben', 'cleo']) await people.join('hooli', `${name}@hooli.example`);
    await people.setPassword(desk.organisation.owner);
  });

  it('put one person on single sign-on, with no way past it, and end what a password had opened [ENF-6] [ENF-9]', async () => {
    const ada = await desk.signInByPassword('ada@hooli.example');
    await expect(desk.setSso('ada@hooli.example', 'sso')).resolves.toMatchObject({
      ...{ sso: 'sso', allowed: false, rule: 'member-on-sso', sessionsEnded: 1 },
    });
    await expect(ada.caller.call('GET', 'me')).resolves.toMatchObject({ status: 401 });
    await expect(desk.byPassword('ada@hooli.example')).resolves.toBe(requiresSso);
    const exempt = await desk.exempt('ada@hooli.example', { reason: 'forgot the token' });
    expect(exempt).toMatchObject({ exemption: { reason: 'forgot the token' }, rule: 'member-on-sso' });
    await expect(desk.byPassword('ada@hooli.example')).resolves.toBe(requiresSso);
    await desk.setSso('ada@hooli.example', 'inherit');
    await expect(desk.byPassword('ada@hooli.example')).resolves.toBe('signed in');
  });

  it('leave owners a way in, who are refused alone and named among many [ENF-6] [ENF-4]', async () => {
    const id = await desk.memberId(desk.organisation.owner);
    const path = `${desk.organisation.path}/members`;
    const alone = await gatehouse.api('PUT', `${path}/${id}/sign-in`, { sso: 'sso' });
    expect(alone).toMatchObject({ status: 409, body: { code: 'owner_keeps_a_way_in' } });
    const many = await gatehouse.did('POST', `${path}/sign-in`, { sso: 'sso', members: 'all' });
    expect(many).toMatchObject({
      ...{ changed: 3, before: { inherit: 3 }, unlinked: 3 },
      owners: { members: 1, first: [{ memberId: id, email: desk.organisation.owner }] },
    });
    await expect(desk.byPassword('cleo@hooli.example')).resolves.toBe(requiresSso);
    await expect(desk.byPassword(desk.organisation.owner)).resolves.toBe('signed in');
    const audit = await gatehouse.audit('hooli');
    expect(audit.find(({ type }) => type === 'members.sign_in_changed')).toMatchObject({
      ...{
        before: { inherit: 3, sso: 0, password: 0 },
        after: { sso: 'sso' },
        data: { listed: 'all', changed: 3 },
      },
    });
  });

  it('of an owner are for owners to change, and nothing that an admin does among many [ENF-6] [TEN-3]', async () => {
    await people.join('hooli', 'adam@hooli.example', 'admin');
    const admin = await desk.signInByPassword('adam@hooli.example');
    const id = await desk.memberId(desk.organisation.owner);
    const path = `${desk.organisation.path}/members`;
    const attempts = [
      admin.caller.call('PUT', `${path}/${id}/sign-in`, { sso: 'password' }),
      admin.caller.call('PUT', `${path}/${id}/exemption`, { reason: 'x' }),
    ];
    for (const attempt of attempts)
      await expect(attempt).resolves.toMatchObject({ status: 403, body: { code: 'role_not_grantable' } });
    const many = await admin.caller.did('POST', `${path}/sign-in`, { sso: 'password', members: [id] });
    expect(many).toMatchObject({ changed: 0, owners: { members: 1 } });
    await expect(desk.explain(desk.organisation.owner)).resolves.toMatchObject({ sso: 'inherit' });
    const member = await desk.memberId('ben@hooli.example');
    await expect(
      admin.caller.did('PUT', `${path}/${member}/exemption`, { reason: 'contractor' }),
    ).resolves.toMatchObject({ exemption: { reason: 'contractor' } });
    await admin.caller.did('DELETE', `${path}/${member}/exemption`);
  });

  it('come back when somebody becomes an owner [ENF-6] [ENF-4]', async () => {
    const id = await desk.memberId('cleo@hooli.example');
    await gatehouse.did('PATCH', `${desk.organisation.path}/members/${id}`, { role: 'owner' });
    await expect(desk.explain('cleo@hooli.example')).resolves.toMatchObject({
      sso: 'inherit',
      allowed: true,
    });
  });

  it('give one person a password for good, in a list of named people [ENF-6] [LOG-7]', async () => {
    const [ada, ben] = [await desk.memberId('ada@hooli.example'), await desk.memberId('ben@hooli.example')];
    const path = `${desk.organisation.path}/members/sign-in`;
    await gatehouse.did('POST', path, { sso: 'password', members: [ben] });
    await expect(desk.byPassword('ben@hooli.example')).resolves.toBe('signed in');
    await expect(desk.explain('ben@hooli.example', { method: 'sso' })).resolves.toMatchObject({
      ...{ allowed: false, rule: 'member-not-on-sso' },
    });
    const foreign = await (await aDesk('pied')).memberId('owner@pied.example');
    const mixed = await gatehouse.api('POST', path, { sso: 'password', members: [ada, foreign] });
    expect(mixed).toMatchObject({ status: 404, body: { code: 'not_found', got: [foreign] } });
    await expect(desk.explain('ada@hooli.example')).resolves.toMatchObject({ sso: 'sso' });
    await gatehouse.did('POST', path, { sso: 'inherit', members: 'all' });
  });

  it.each([
    ['an exemption without a reason', 'PUT', 'exemption', { reason: '  ' }],
    ['one with a reason of a thousand characters', 'PUT', 'exemption', { reason: 'x'.repeat(501) }],
    ['one that has ended', 'PUT', 'exemption', { reason: 'x', until: '2020-01-01T00:00:00Z' }],
    ['one that ends at no time', 'PUT', 'exemption', { reason: 'x', until: 'tomorrow' }],
    ['a setting that there is not', 'PUT', 'sign-in', { sso: 'maybe' }],
  ])('refuse %s with a code, and write nothing [ENF-5] [ENF-6]', async (_, method, what, body) => {
    const id = await desk.memberId('ben@hooli.example');
    const answer = await gatehouse.api(method, `${desk.organisation.path}/members/${id}/${what}`, body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    const shown = await gatehouse.did('GET', `${desk.organisation.path}/members/${id}`);
    expect([shown['sso'], shown['exemption']]).toEqual(['inherit', undefined]);
  });

  it('are nobody’s business but the organisation’s own [SEC-3]', async () => {
    const foreign = await desk.memberId('ben@hooli.example');
    for (const [method, what, body] of [
      ['PUT', 'exemption', { reason: 'x' }],
      ['DELETE', 'exemption', undefined],
      ['PUT', 'sign-in', { sso: 'password' }],
    ] as const) {
      const answer = await gatehouse.api(method, `tenants/pied/members/${foreign}/${what}`, body);
      expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
    }
  });
});

describe('an exemption', () => {
  it('lets in until it ends, and its end ends the session [ENF-5] [ENF-9]', async () => {
    const desk = await aDesk('stark');
    await people.join('stark', 'pepper@stark.example');
    const owner = await desk.readyOwner();
    await desk.require(owner.caller);
    await expect(desk.byPassword('pepper@stark.example')).resolves.toBe(requiresSso);
    await desk.exempt('pepper@stark.example', { reason: 'contractor' });
    const pepper = await desk.signInByPassword('pepper@stark.example');
    const path = `${desk.organisation.path}/members/${pepper.memberId}/exemption`;
    await gatehouse.did('DELETE', path);
    await expect(pepper.caller.call('GET', 'me')).resolves.toMatchObject({ status: 401 });
    await expect(desk.byPassword('pepper@stark.example')).resolves.toBe(requiresSso);
    const types = (await gatehouse.audit('stark')).map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['member.exempted', 'member.exemption_ended']));
  });
});

describe('a dry run', () => {
  it('lets everybody in, and names whom "required" would have refused [ENF-10]', async () => {
    const desk = await aDesk('wayne');
    await people.join('wayne', 'alfred@wayne.example');
    await people.join('wayne', 'robin@wayne.example');
    await people.setPassword(desk.organisation.owner);
    await expect(gatehouse.did('GET', `${desk.path}/dry-run`)).resolves.toMatchObject({ running: false });
    await expect(desk.byPassword('robin@wayne.example')).resolves.toBe('signed in');
    await gatehouse.did('POST', `${desk.path}/dry-run`, { days: 14 });
    for (const name of ['alfred', 'alfred', 'owner'])
      await expect(desk.byPassword(`${name}@wayne.example`)).resolves.toBe('signed in');
    await desk.signIn('lucius@wayne.example');
    const report = await gatehouse.did('GET', `${desk.path}/dry-run`);
    expect(report).toMatchObject({ running: true, signIns: 2, people: 1 });
    expect(asArray(asRecord(report['members'])['items'])).toMatchObject([
      { email: 'alfred@wayne.example', signIns: 2 },
    ]);
    const since = Date.parse(text(report['since']));
    expect(Date.parse(text(report['until'])) - since).toBe(14 * 86_400_000);
    await gatehouse.did('DELETE', `${desk.path}/dry-run`);
    await expect(desk.byPassword('robin@wayne.example')).resolves.toBe('signed in');
    await expect(gatehouse.did('GET', `${desk.path}/dry-run`)).resolves.toMatchObject({
      ...{ running: false, signIns: 2, people: 1 },
    });
  });

  it.each([0, 91, 1.5, '7'])('does not run for %p days [ENF-10]', async (days) => {
    const answer = await gatehouse.api('POST', 'tenants/wayne/enforcement/dry-run', { days });
    expect(answer).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
  });
});
