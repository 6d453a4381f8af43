import { asArray, asRecord, Gatehouse, text } from '../gatehouse';
import { LocalPeople, password, totpCode } from '../local-account';
import { Organisation } from '../organisation';
import { PolicyDesk, titleOf, type SignedIn } from '../policy-desk';

let gatehouse: Gatehouse;
let people: LocalPeople;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  people = new LocalPeople(gatehouse, await gatehouse.application());
}, 60_000);

afterAll(() => gatehouse?.stop());

async function aDesk(slug: string): Promise<PolicyDesk> {
  return new PolicyDesk(gatehouse, await Organisation.setUp(gatehouse, slug), people);
}

async function unmetFor(desk: PolicyDesk, caller: SignedIn['caller']): Promise<unknown[]> {
  const answer = await desk.require(caller);
  expect(answer).toMatchObject({ status: 409, body: { code: 'required_not_ready' } });
  return asArray(answer.body['unmet']).map((each) => asRecord(each)['condition']);
}

describe('requiring single sign-on', () => {
  let desk: PolicyDesk;
  let owner: SignedIn;
  let secret = '';
  beforeAll(async () => {
    desk = await aDesk('acme');
    await desk.change({ newMembersOnSso: false });
    owner = await desk.ownerWithPassword();
  });

  it('starts from optional, which the first connection made it [ENF-1]', async () => {
    await expect(desk.policy()).resolves.toMatchObject({ sso: 'optional', breakGlass: 'owner' });
    const shown = await gatehouse.did('GET', desk.path);
    expect(shown).toMatchObject({ inEffect: true, mayBeRequired: false });
  });

  it('is nothing that a mere change of the setting does [ENF-2]', async () => {
    const answer = await desk.tryChange({ sso: 'required' });
    expect(answer).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    expect(text(answer.body['detail'])).toContain('POST …/enforcement/require');
  });

  it('is refused to the operator’s key, to programs, and to whoever came in by a password [ENF-2]', async () => {
    const operator = await gatehouse.api('POST', `${desk.path}/require`, { fingerprint: 'any' });
    expect(operator).toMatchObject({ status: 409, body: { code: 'required_not_ready' } });
    const wanted = { name: 'A program', scopes: ['enforcement:write'], memberId: owner.memberId };
    const { secret } = await gatehouse.did('POST', `${desk.organisation.path}/api-tokens`, wanted);
    const byToken = await gatehouse.api('POST', `${desk.path}/require`, { fingerprint: 'any' }, text(secret));
    expect(byToken).toMatchObject({ status: 409, body: { code: 'required_not_ready' } });
    await people.setPassword(desk.organisation.owner);
    const byPassword = await desk.signInByPassword(desk.organisation.owner);
    await expect(unmetFor(desk, byPassword.caller)).resolves.toContain('signed-in-by-sso');
    expect(JSON.stringify([operator.body, byToken.body])).toContain('signed-in-by-sso');
  });

  it('is refused to who is signed in by the single sign-on of another organisation [ENF-2] [SES-2]', async () => {
    const other = await (await aDesk('globex')).ownerBySso();
    const answer = await desk.require(other.caller);
    expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });

  it('waits for a way in that was shown to work, by a drill that opens no session [ENF-12]', async () => {
    await expect(unmetFor(desk, owner.caller)).resolves.toEqual(['break-glass-proven']);
    const before = (await gatehouse.did('GET', `${desk.path}/break-glass`))['items'];
    expect(asArray(before)).toContainEqual(
      expect.objectContaining({ memberId: owner.memberId, proven: false }),
    );
    const signIns = (await gatehouse.audit('acme')).filter(({ type }) => type === 'sign_in.succeeded').length;
    const drill = await desk.passDrill(owner);
    secret = drill.secret;
    expect(drill.page.status).toBe(200);
    const audit = await gatehouse.audit('acme');
    expect(audit.filter(({ type }) => type === 'sign_in.succeeded')).toHaveLength(signIns);
    expect(audit.find(({ type }) => type === 'break_glass.drill_passed')).toMatchObject({
      ...{ subject: owner.memberId, data: { via: 'password', secondFactor: 'totp' } },
    });
    const after = (await gatehouse.did('GET', `${desk.path}/break-glass`))['items'];
    expect(asArray(after)).toContainEqual(
      expect.objectContaining({ memberId: owner.memberId, proven: true }),
    );
  });

  it('shows beforehand who is linked, who is not, who is exempt until when, and who loses access [ENF-3]', async () => {
    await desk.signIn('linked@acme.example');
    await people.join('acme', 'contractor@elsewhere.example');
    await people.join('acme', 'left@acme.example');
    const until = '2099-01-01T00:00:00.000Z';
    await desk.exempt('contractor@elsewhere.example', { reason: 'contractor', until });
    const preview = await desk.preview();
    expect(preview).toMatchObject({
      policy: { sso: 'required' },
      counts: { linked: 1, 'not-linked': 1, exempt: 1, 'break-glass': 2, free: 0 },
      ...{ losesAccess: 1, breakGlassProven: 1, apiTokens: 1 },
    });
    const members = asArray(asRecord(preview['members'])['items']).map(asRecord);
    const of = (email: string) => members.find((each) => each['email'] === email);
    expect(of('linked@acme.example')).toMatchObject({ outcome: 'linked', linked: true });
    expect(of('left@acme.example')).toMatchObject({ outcome: 'not-linked', losesAccessAt: preview['at'] });
    expect(of('contractor@elsewhere.example')).toMatchObject({
      ...{ outcome: 'exempt', losesAccessAt: until, exemption: { reason: 'contractor', until } },
    });
    const { members: some } = await desk.preview({}, '?outcome=not-linked&limit=1');
    expect(asArray(asRecord(some)['items'])).toMatchObject([{ email: 'left@acme.example' }]);
  });

  it('is refused where the list has changed since it was looked at [ENF-3]', async () => {
    const { fingerprint } = await desk.preview();
    const stale = () => owner.caller.call('POST', `${desk.path}/require`, { fingerprint });
    await gatehouse.did('POST', 'tenants/acme/members', { email: 'late@acme.example' });
    await expect(stale()).resolves.toMatchObject({ status: 409, body: { code: 'preview_stale' } });
    const fresh = await desk.preview();
    const other = { fingerprint: fresh['fingerprint'], breakGlass: 'owner-and-admin' };
    const changed = await owner.caller.call('POST', `${desk.path}/require`, other);
    expect(changed).toMatchObject({ status: 409, body: { code: 'preview_stale' } });
    await expect(desk.policy()).resolves.toMatchObject({ sso: 'optional' });
  });

  it('ends the password sessions of those concerned at once, and leaves API tokens alone [ENF-9] [SES-4]', async () => {
    const [ben, contractor] = [
      await desk.signInByPassword('left@acme.example'),
      await desk.signInByPassword('contractor@elsewhere.example'),
    ];
    const wanted = { name: 'Another', scopes: ['members:read'], memberId: owner.memberId };
    const { secret } = await gatehouse.did('POST', 'tenants/acme/api-tokens', wanted);
    const answer = await desk.require(owner.caller);
    expect(answer).toMatchObject({ status: 200, body: { policy: { sso: 'required' } } });
    // The one of the owner, which a password alone had opened, is no emergency's way in either.
    expect(answer.body['sessionsEnded']).toBe(2);
    await expect(ben.caller.call('GET', 'me')).resolves.toMatchObject({ status: 401 });
    await expect(contractor.caller.call('GET', 'me')).resolves.toMatchObject({ status: 200 });
    await expect(owner.caller.call('GET', 'me')).resolves.toMatchObject({ status: 200 });
    const byToken = await gatehouse.api('GET', 'tenants/acme/members', undefined, text(secret));
    expect(byToken.status).toBe(200);
    const audit = await gatehouse.audit('acme');
    expect(audit.find(({ type }) => type === 'policy.changed')).toMatchObject({
      ...{ before: { sso: 'optional' }, after: { sso: 'required' } },
      actor: { kind: 'member', id: owner.memberId },
    });
    const ended = audit.filter(({ type, data }) => type === 'session.ended' && asRecord(data)['reason']);
    expect(ended.map(({ data }) => asRecord(data)['memberId'])).toContain(ben.memberId);
  });

  it('keeps members from their password here, and from nowhere else [ENF-4] [ENF-8] [LOG-8]', async () => {
    await gatehouse.did('POST', 'tenants/globex/members', { email: 'left@acme.example' });
    await expect(desk.byPassword('left@acme.example')).resolves.toBe('Your organization requires SSO');
    await expect(desk.byPassword('contractor@elsewhere.example')).resolves.toBe('signed in');
    await gatehouse.did('POST', 'tenants', { slug: 'plain', name: 'Plain' });
    await gatehouse.did('POST', 'tenants/plain/members', { email: 'left@acme.example', role: 'owner' });
    const elsewhere = await people.begin({ tenant: 'plain' });
    const page = await elsewhere.browser.submit(elsewhere.page.form('password'), {
      email: 'left@acme.example',
      password,
    });
    expect((await people.finish(elsewhere, page)).tenant).toMatchObject({ slug: 'plain' });
  });

  it('tells all owners, and the record, whenever somebody goes past it [ENF-11] [LOG-6]', async () => {
    const owners = ['owner@acme.example', 'chief@acme.example'];
    const letters = async () =>
      (await Promise.all(owners.map((to) => people.post.to(to)))).map(({ length }) => length);
    const before = await letters();
    const { browser } = await people.begin();
    const asked = await browser.submit(await desk.passwordForm(browser), {
      email: 'chief@acme.example',
      password,
    });
    expect(titleOf(asked)).toBe('Confirm that it is you');
    await expect(letters()).resolves.toEqual(before);
    const page = await browser.submit(asked.form('code'), { code: totpCode(secret, 1) });
    expect(page.location).toContain(people.application.redirectUri);
    await expect(letters()).resolves.toEqual(before.map((count) => count + 1));
    const letter = (await people.post.to('owner@acme.example')).at(-1);
    expect(letter?.text).toContain('chief@acme.example');
    const used = (await gatehouse.audit('acme')).find(({ type }) => type === 'break_glass.used');
    expect(used).toMatchObject({ subject: owner.memberId, data: { via: 'password', secondFactor: 'totp' } });
  });

  it('is explained, for everybody, every way and any time [ENF-13]', async () => {
    await expect(desk.explain('left@acme.example')).resolves.toMatchObject({
      ...{ allowed: false, rule: 'sso-required', code: 'sso_required', linked: false },
      sentence: expect.stringContaining('neither exempt nor of a role that keeps a way in'),
    });
    await expect(desk.explain('LEFT@acme.example', { method: 'sso' })).resolves.toMatchObject({
      ...{ allowed: true, rule: 'signed-in-by-sso' },
      sentence: expect.stringContaining('a link must be made first'),
    });
    const later = { at: '2099-01-01T00:00:00Z' };
    await expect(desk.explain('contractor@elsewhere.example')).resolves.toMatchObject({ rule: 'exempt' });
    await expect(desk.explain('contractor@elsewhere.example', later)).resolves.toMatchObject({
      rule: 'sso-required',
    });
    const draft = { policy: { sso: 'optional' } };
    await expect(desk.explain('left@acme.example', draft)).resolves.toMatchObject({ rule: 'sso-optional' });
    const stranger = await gatehouse.api('POST', `${desk.path}/explain`, {
      ...{ email: 'nobody@acme.example', method: 'password' },
    });
    expect(stranger).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });

  it('differs from another policy by people who are counted and named [ENF-13]', async () => {
    const answer = await gatehouse.did('POST', `${desk.path}/difference?limit=1`, {
      ...{ after: { sso: 'optional' }, method: 'password', effect: 'gains' },
    });
    expect(asArray(answer['items'])).toMatchObject([{ method: 'password', effect: 'gains', members: 3 }]);
    const [gains] = asArray(answer['items']).map(asRecord);
    const { items, next } = asRecord(gains?.['people']);
    expect([asArray(items).length, typeof next]).toEqual([1, 'string']);
    const same = await gatehouse.did('POST', `${desk.path}/difference`, { after: { sso: 'required' } });
    expect(same['items']).toEqual([]);
  });

  it('is given up in one step, and by anybody who administers the organisation [TEN-10]', async () => {
    await expect(desk.tryChange({ sso: 'off' })).resolves.toMatchObject({
      status: 409,
      body: { code: 'sso_still_required' },
    });
    await expect(desk.change({ sso: 'optional' })).resolves.toMatchObject({ policy: { sso: 'optional' } });
    await expect(desk.byPassword('left@acme.example')).resolves.toBe('signed in');
  });
});
