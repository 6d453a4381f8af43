import { signIn, signInAs } from '../callers';
import { asArray, asRecord, Gatehouse, text } from '../gatehouse';
import { Organisation, person } from '../organisation';
import { PostOffice } from '../post-office';

let gatehouse: Gatehouse;
let acme: Organisation;
let globex: Organisation;
let post: PostOffice;
const path = 'tenants/acme/invitations';

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  post = new PostOffice(gatehouse);
  acme = await Organisation.setUp(gatehouse, 'acme');
  globex = await Organisation.setUp(gatehouse, 'globex');
}, 60_000);

afterAll(() => gatehouse?.stop());

async function refused(method: string, at: string, body?: unknown): Promise<[number, unknown]> {
  const answer = await gatehouse.api(method, at, body);
  return [answer.status, answer.body['code']];
}

/** What the page says to whom an organisation's identity provider vouches for with this address. */
async function arrive(organisation: Organisation, email: string): Promise<string> {
  const url = `${gatehouse.url}/account/sign-in?tenant=${organisation.slug}`;
  return (await organisation.answer(await organisation.arriveAtIdp(url), person(email))).text;
}

async function requireSso(sso: 'optional' | 'required'): Promise<void> {
  const { id } = await gatehouse.did('GET', acme.path);
  await gatehouse.database.app.transaction(async (manager) => {
    await manager.query(`SELECT set_config('gatehouse.tenant', $1, true)`, [id]);
    const sql = 'UPDATE tenants SET policy = policy || $2::jsonb WHERE id = $1';
    await manager.query(sql, [id, JSON.stringify({ sso })]);
  });
}

describe('inviting by the API', () => {
  it('mails a link that no answer shows, and says what became of it [TEN-5]', async () => {
    const admin = await signInAs(gatehouse, acme, 'admin');
    const email = 'eve@mail.example';
    const made = await admin.did('POST', path, { email, role: 'viewer', language: 'de', expiresInDays: 30 });
    expect(made).toMatchObject({
      email,
      role: 'viewer',
      language: 'de',
      standing: 'open',
      inviter: 'Ben Example',
    });
    expect(Date.parse(text(made['expiresAt'])) - Date.parse(text(made['sentAt']))).toBe(30 * 86_400_000);
    const link = await post.linkTo(email);
    const shown = [
      made,
      await gatehouse.did('GET', `${path}/${text(made['id'])}`),
      await gatehouse.did('GET', path),
    ];
    expect(JSON.stringify([shown, await gatehouse.audit('acme')])).not.toContain(link.slice(-43));
    expect(JSON.stringify(shown)).not.toMatch(/hash/i);
    await admin.did('POST', `${path}/${text(made['id'])}/resend`);
    const newer = await post.linkTo(email);
    expect(newer).not.toBe(link);
    expect(await (await fetch(link)).text()).not.toContain(email);
    expect(await (await fetch(newer)).text()).toContain(email);
    const revoked = await admin.did('POST', `${path}/${text(made['id'])}/revoke`);
    expect(revoked).toMatchObject({ standing: 'revoked' });
    await expect(refused('POST', `${path}/${text(made['id'])}/resend`)).resolves.toEqual([409, 'conflict']);
    const { items } = await gatehouse.did('GET', `${path}?state=revoked`);
    expect(asArray(items).map((item) => asRecord(item)['email'])).toEqual([email]);
    const types = (await gatehouse.audit('acme')).map(({ type }) => type);
    expect(types).toEqual(
      expect.arrayContaining(['invitation.created', 'invitation.resent', 'invitation.revoked']),
    );
  });

  it('asks for an exemption in the same step where the person could not sign in, and carries it [TEN-5] [ENF-5]', async () => {
    await requireSso('required');
    const outside = { email: 'contractor@mail.example', role: 'member' };
    await expect(refused('POST', path, outside)).resolves.toEqual([422, 'exemption_needed']);
    const over = { reason: 'contractor', until: '2020-01-01T00:00:00Z' };
    await expect(refused('POST', path, { ...outside, exemption: over })).resolves.toEqual([
      400,
      'validation_failed',
    ]);
    const exemption = { reason: 'contractor', until: '2099-01-01T00:00:00.000Z' };
    await expect(gatehouse.did('POST', path, { ...outside, exemption })).resolves.toMatchObject({
      exemption,
    });
    const browser = acme.openBrowser();
    await browser.get(await post.linkTo(outside.email));
    await browser.press('Continue');
    await browser.press('Join', { name: 'Con Tractor', password: 'a goose sings at the gate' });
    const { items } = await gatehouse.did('GET', 'tenants/acme/members?exempt=true');
    expect(asArray(items)).toMatchObject([{ email: outside.email, exemption, sso: 'inherit' }]);
    await gatehouse.did('POST', path, { email: 'inside@acme.example' });
    await gatehouse.did('POST', path, { email: 'set@mail.example', sso: 'password' });
    await requireSso('optional');
  });

  it.each([
    ['no address', { email: 'nobody' }],
    ['a role that there is not', { email: 'x@mail.example', role: 'king' }],
    ['more days than there may be', { email: 'x@mail.example', expiresInDays: 31 }],
    ['no day at all', { email: 'x@mail.example', expiresInDays: 0 }],
    ['a language that is not written', { email: 'x@mail.example', language: 'tlh' }],
    ['an exemption without a reason', { email: 'x@mail.example', exemption: { reason: ' ' } }],
    ['a name that breaks the mail', { email: 'x@mail.example\r\nBcc: all@acme.example' }],
  ])('refuses %s with a code [TEN-5]', async (_, body) => {
    await expect(refused('POST', path, body)).resolves.toEqual([400, 'validation_failed']);
  });

  it('is of no use to another tenant [TEN-5] [SEC-3]', async () => {
    const { id } = await gatehouse.did('POST', path, { email: 'other@mail.example' });
    for (const [method, at] of [
      ['GET', `tenants/globex/invitations/${text(id)}`],
      ['POST', `tenants/globex/invitations/${text(id)}/resend`],
      ['POST', `tenants/globex/invitations/${text(id)}/revoke`],
    ] as const)
      await expect(refused(method, at)).resolves.toEqual([404, 'not_found']);
  });
});

describe('coming in by single sign-on as invited', () => {
  it('makes an admin of nobody who has not opened the mail, whatever the provider says [TEN-5] [TEN-3]', async () => {
    await gatehouse.did('POST', path, { email: 'chief@acme.example', role: 'admin' });
    const page = await arrive(acme, 'chief@acme.example');
    expect(page).toContain('invitation_unopened');
    expect(page).toContain('You are invited to acme Inc.');
  });

  it('works for the invited address alone: a plus-address is somebody else, another case is not [TEN-5]', async () => {
    await gatehouse.did('POST', path, { email: 'plus@acme.example', role: 'viewer' });
    const other = await signIn(gatehouse, acme, 'plus+x@acme.example');
    await expect(gatehouse.did('GET', `tenants/acme/members/${other.memberId}`)).resolves.toMatchObject({
      role: 'member',
    });
    const same = await signIn(gatehouse, acme, 'PLUS@acme.example');
    await expect(gatehouse.did('GET', `tenants/acme/members/${same.memberId}`)).resolves.toMatchObject({
      role: 'viewer',
    });
  });

  it('needs no JIT, but a domain that the tenant itself has verified [TEN-5] [LNK-7] [LNK-8]', async () => {
    await globex.set({ jit: false });
    await gatehouse.did('POST', 'tenants/globex/invitations', { email: 'in@globex.example' });
    await gatehouse.did('POST', 'tenants/globex/invitations', { email: 'in@acme.example' });
    expect(await arrive(globex, 'stranger@globex.example')).toContain('jit_disabled');
    expect(await arrive(globex, 'in@acme.example')).toContain('email_domain_not_verified');
    await signIn(gatehouse, globex, 'in@globex.example');
    const { items } = await gatehouse.did('GET', 'tenants/globex/invitations');
    const standings = asArray(items)
      .map(asRecord)
      .map(({ email, standing }) => [email, standing]);
    expect(Object.fromEntries(standings)).toEqual({ 'in@globex.example': 'used', 'in@acme.example': 'open' });
  });

  it('keeps an account of another tenant to whoever has its mailbox [TEN-5] [LNK-1]', async () => {
    const email = 'both@acme.example';
    await gatehouse.did('POST', 'tenants/globex/members', { email });
    await gatehouse.did('POST', path, { email });
    expect(await arrive(acme, email)).toContain('link_required');
    const browser = acme.openBrowser();
    await browser.get(await post.linkTo(email));
    await browser.press('Continue');
    const caller = await signIn(gatehouse, acme, email);
    await expect(gatehouse.did('GET', `tenants/acme/members/${caller.memberId}`)).resolves.toMatchObject({
      ...{ email, linked: true, sso: 'sso' },
    });
  });
});
