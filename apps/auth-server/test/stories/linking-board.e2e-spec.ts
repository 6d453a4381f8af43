import { connectionId, LinkRequests, tenantId } from '@gatehouse/core';
import { PostgresLinkMailOutcomes } from '@gatehouse/core-postgres';
import { DataSource } from 'typeorm';
import { signIn, signInAs, type ApiCaller } from '../callers';
import { asArray, asRecord, Gatehouse, text } from '../gatehouse';
import { LinkDesk } from '../link-desk';
import { LocalPeople } from '../local-account';
import { Organisation, person } from '../organisation';
import { PostOffice } from '../post-office';

let gatehouse: Gatehouse;
let acme: Organisation;
let globex: Organisation;
let desk: LinkDesk;
let post: PostOffice;
let people: LocalPeople;
const board = 'tenants/acme/linking';

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  acme = await Organisation.setUp(gatehouse, 'acme');
  globex = await Organisation.setUp(gatehouse, 'globex');
  desk = new LinkDesk(gatehouse, acme);
  post = new PostOffice(gatehouse, new PostgresLinkMailOutcomes(gatehouse.app.get(DataSource)));
  people = new LocalPeople(gatehouse, await gatehouse.application());
}, 60_000);

afterAll(() => gatehouse?.stop());

/** What the worker does once single sign-on is on. */
async function askAll(again?: Date): Promise<number> {
  const { id } = await gatehouse.did('GET', acme.path);
  const connection = connectionId.parse(acme.connection);
  return gatehouse.app.get(LinkRequests).askAll(tenantId.parse(id), connection, again);
}

/** How one member stands on the board. */
async function standing(email: string): Promise<Readonly<Record<string, unknown>>> {
  const { items } = await gatehouse.did('GET', `${board}/members?limit=200`);
  const found = asArray(items)
    .map(asRecord)
    .find((each) => each['email'] === email);
  if (found) return found;
  throw new Error(`${email} is not on the board.`);
}

async function refused(caller: Pick<ApiCaller, 'call'>, method: string, path: string, body?: unknown) {
  const answer = await caller.call(method, path, body);
  return [answer.status, answer.body['code']];
}

const operator = {
  call: (method: string, path: string, body?: unknown) => gatehouse.api(method, path, body),
};

async function memberId(email: string): Promise<string> {
  return text((await desk.memberOf(email))?.['id']);
}

describe('linking a whole organisation', () => {
  it('asks every member of the domain by mail, and shows how far each is [LNK-2] [LNK-4]', async () => {
    const [ana, bob, out] = ['ana@acme.example', 'bob@acme.example', 'out@mail.example'];
    for (const email of [ana, bob, out]) await desk.join(email);
    await expect(askAll()).resolves.toBe(2);
    await expect(askAll()).resolves.toBe(0);
    expect(await standing(ana)).toMatchObject({ standing: 'waiting' });
    const link = await post.linkTo(ana);
    expect(await standing(ana)).toMatchObject({
      standing: 'sent',
      request: { email: ana, sentAt: expect.any(String) },
    });
    const browser = acme.openBrowser();
    await browser.get(link);
    expect(await standing(ana)).toMatchObject({ standing: 'sent' });
    const page = await browser.press('Continue and sign in');
    expect(await standing(ana)).toMatchObject({ standing: 'opened' });
    await desk.answer(browser, page, person(ana));
    expect(await standing(ana)).toMatchObject({ standing: 'linked', linkedAt: expect.any(String) });
    expect(await standing(out)).toMatchObject({ standing: 'none', reason: 'other-domain' });
    expect(await standing(acme.owner)).toMatchObject({ standing: 'none', reason: 'owner' });
    await expect(post.to(out)).resolves.toEqual([]);
    await expect(post.to(acme.owner)).resolves.toEqual([]);
    await expect(gatehouse.did('GET', board)).resolves.toMatchObject({
      ...{ total: 4, standings: { linked: 1, sent: 1, none: 2, waiting: 0 } },
      reasons: { owner: 1, 'other-domain': 1 },
    });
    const { items, next } = await gatehouse.did('GET', `${board}/members?filter=sent&limit=1`);
    expect(asArray(items)).toMatchObject([{ email: bob, standing: 'sent' }]);
    const rest = await gatehouse.did('GET', `${board}/members?filter=sent&limit=1&after=${text(next)}`);
    expect(rest).toEqual({ items: [] });
    expect(JSON.stringify(await gatehouse.did('GET', `${board}/members`))).not.toMatch(/token|hash/i);
  });

  it('shows a letter that came back, with what the mail server said [LNK-4]', async () => {
    const email = 'gone@acme.example';
    const id = await desk.join(email);
    await gatehouse.did('POST', `${board}/requests/${id}`, {});
    const { request } = await standing(email);
    const outcomes = new PostgresLinkMailOutcomes(gatehouse.app.get(DataSource));
    const [now, requestId] = [new Date(), text(asRecord(request)['id'])];
    const message = {
      kind: 'link-request',
      organisation: 'x',
      connection: 'x',
      url: 'x',
      expiresAt: now,
    } as const;
    const mail = { id: 'mail_x', to: email, createdAt: now } as const;
    if (!isRequest(requestId)) throw new Error('This is no request.');
    await outcomes.bounced({ ...mail, message: { ...message, requestId } }, '550 No such user', now);
    expect(await standing(email)).toMatchObject({
      standing: 'bounced',
      request: { bounceReason: '550 No such user', bouncedAt: now.toISOString() },
    });
  });

  it('sends again to one or to all: the link of before is void, and too soon is said with when [LNK-4] [SEC-1]', async () => {
    const email = 'again@acme.example';
    const id = await desk.join(email);
    await askAll();
    const first = await post.linkTo(email);
    const admin = await signInAs(gatehouse, acme, 'admin');
    const sent = await admin.did('POST', `${board}/requests/${id}`, {});
    expect(sent).toMatchObject({ memberId: id, email, standing: 'waiting', connectionId: acme.connection });
    const second = await post.linkTo(email);
    expect((await acme.openBrowser().get(first)).status).toBe(410);
    expect((await acme.openBrowser().get(second)).status).toBe(200);
    const soon = await admin.call('POST', `${board}/requests/${id}`, {});
    expect(soon).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
    expect(text(soon.body['detail'])).toContain('5 minutes');
    await expect(admin.did('POST', `${board}/requests`, {})).resolves.toEqual({ accepted: true });
    await expect(refused(admin, 'POST', `${board}/requests`, {})).resolves.toEqual([429, 'rate_limited']);
    await expect(askAll(new Date())).resolves.toBeGreaterThan(0);
    expect(await post.linkTo(email)).not.toBe(second);
    const audit = (await gatehouse.audit('acme')).map(({ type }) => type);
    expect(audit).toEqual(expect.arrayContaining(['member.link_requested', 'members.link_requested']));
  });

  it('refuses who cannot be asked, and other tenants’ members and connections as if absent [LNK-4] [SEC-3]', async () => {
    const owner = await memberId(acme.owner);
    await expect(refused(operator, 'POST', `${board}/requests/${owner}`, {})).resolves.toEqual([
      409,
      'conflict',
    ]);
    const theirs = text(
      (await gatehouse.did('POST', 'tenants/globex/members', { email: 'x@globex.example' }))['id'],
    );
    await expect(refused(operator, 'POST', `${board}/requests/${theirs}`, {})).resolves.toEqual([
      404,
      'not_found',
    ]);
    const mine = await desk.join('mine@acme.example');
    const foreign = { connectionId: globex.connection };
    await expect(refused(operator, 'POST', `${board}/requests/${mine}`, foreign)).resolves.toEqual([
      403,
      'connection_disabled',
    ]);
    for (const bad of [{ connectionId: 7 }, { connectionId: 'conn_1' }, 'text'])
      expect((await gatehouse.api('POST', `${board}/requests/${mine}`, bad)).status).toBe(400);
    for (const query of ['filter=all', 'limit=0', 'after=conn_1', 'after=%00'])
      expect((await gatehouse.api('GET', `${board}/members?${query}`)).status).toBe(400);
    const member = await signInAs(gatehouse, acme, 'member');
    await expect(refused(member, 'GET', board)).resolves.toEqual([403, 'not_an_admin']);
    const stranger = await signInAs(gatehouse, globex, 'owner');
    await expect(refused(stranger, 'GET', board)).resolves.toEqual([404, 'not_found']);
  });
});

describe('the first link of an account', () => {
  beforeAll(() => people.setPolicy('acme', { sso: 'optional' }));
  afterAll(() => people.setPolicy('acme', { sso: 'required' }));

  /** Somebody who signed in with a password; answers with how the open sessions were opened. */
  async function signedInBefore(email: string) {
    await people.join('acme', email);
    const id = await memberId(email);
    await gatehouse.did('PUT', `tenants/acme/members/${id}/sign-in`, { sso: 'inherit' });
    await people.typePassword(await people.begin(), email);
    const open = async () => {
      const { items } = await gatehouse.did('GET', `tenants/acme/members/${id}/sessions`);
      return asArray(items).map((item) => asRecord(item)['via']);
    };
    await expect(open()).resolves.toEqual(['password']);
    return { id, open };
  }

  it('ends what a password opened before, and tells the person [LNK-3]', async () => {
    const email = 'hijacked@acme.example';
    const { id, open } = await signedInBefore(email);
    await gatehouse.did('POST', `${board}/requests/${id}`, {});
    await desk.follow(acme.openBrowser(), await post.linkTo(email), person(email));
    await expect(open()).resolves.toEqual([]);
    expect((await post.to(email)).at(-1)?.text).toContain('Company sign-in');
  });

  it('does so as well where the organisation chose to associate by e-mail [LNK-9]', async () => {
    const email = 'associated@acme.example';
    const { open } = await signedInBefore(email);
    await gatehouse.did('PATCH', acme.path, { associateByEmail: true });
    await signIn(gatehouse, acme, email);
    await gatehouse.did('PATCH', acme.path, { associateByEmail: false });
    await expect(open()).resolves.toEqual(['saml']);
    expect((await post.to(email)).at(-1)?.text).toContain('Company sign-in');
  });
});

function isRequest(value: string): value is `lreq_${string}` {
  return value.startsWith('lreq_');
}
