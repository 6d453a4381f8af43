import { asArray, asRecord, Gatehouse, text } from '../gatehouse';
import { MovingTenant, renamed } from '../moving-tenant';
import { person } from '../organisation';

let gatehouse: Gatehouse;
let acme: MovingTenant;
const people = ['ada', 'ben', 'chloe', 'dora'].map((name) => `${name}@acme.example`);
const [ada = '', ben = '', chloe = '', dora = ''] = people;
const seen = new Map<string, string>();

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  acme = await MovingTenant.setUp(gatehouse, 'acme');
  for (const email of people) seen.set(email, await acme.signIn(acme.old, person(email)));
}, 60_000);

afterAll(() => gatehouse?.stop());

function relinked(): Promise<number> {
  return gatehouse.audit('acme').then((all) => all.filter(({ type }) => type === 'member.relinked').length);
}

// One story: each part begins where the one before ended.
describe('moving from one identity provider to another', () => {
  let move = '';

  it('happens to nobody by itself: without an approval the new one is asked to link [CON-10] [LNK-1]', async () => {
    await acme.preview();
    await expect(acme.askedForCode(acme.next, renamed(ada))).resolves.toContain(ada);
    await expect(acme.signIn(acme.old, person(ada))).resolves.toBe(seen.get(ada));
  });

  it('shows beforehand who follows, and changes nothing by showing [CON-10]', async () => {
    const before = await gatehouse.audit('acme');
    const mapping = 'oldSubject;subject\r\nben@acme.example;b-17\r\nzoe@acme.example;z-1\r\n';
    const preview = await acme.preview({ mapping });
    expect(preview).toMatchObject({
      follows: 4,
      admitsNewcomers: false,
      counts: { follows_by_email: 3, follows_by_subject: 1, cannot: 0, already_linked: 0 },
      unmatched: [{ oldSubject: 'zoe@acme.example', subject: 'z-1' }],
    });
    await expect(acme.line(preview, ben)).resolves.toMatchObject({
      outcome: 'follows_by_subject',
      subject: 'b-17',
      oldSubjects: [ben],
    });
    const first = await gatehouse.did('POST', `${acme.moves}/preview?limit=3`, { from: acme.old.connection });
    const { items, next } = asRecord(first['members']);
    expect(asArray(items)).toHaveLength(3);
    const rest = await gatehouse.did('POST', `${acme.moves}/preview?limit=3&after=${text(next)}`, {
      from: acme.old.connection,
    });
    expect(asArray(asRecord(rest['members'])['items'])).toHaveLength(1);
    await expect(gatehouse.audit('acme')).resolves.toEqual(before);
  });

  it('is approved with the number that was seen, and says the fresh one where it is stale [CON-10]', async () => {
    const approve = (confirm: number) =>
      gatehouse.api('POST', acme.moves, {
        from: acme.old.connection,
        mapping: [{ email: ben, subject: 'b-17' }],
        confirm,
      });
    const stale = await approve(3);
    expect(stale).toMatchObject({ status: 409, body: { code: 'move_not_confirmed', want: 4, got: 3 } });
    const { status, body } = await approve(4);
    expect(status).toBe(201);
    expect(body).toMatchObject({ state: 'open', counts: { pending: 4, followed: 0 } });
    const days = (Date.parse(text(body['expiresAt'])) - Date.parse(text(body['approvedAt']))) / 86_400_000;
    expect(days).toBe(30);
    expect(body['approvedBy']).toMatchObject({ kind: 'operator' });
    move = text(body['id']);
    const again = await approve(4);
    expect(again).toMatchObject({ status: 409, body: { code: 'conflict' } });
    const audit = await gatehouse.audit('acme');
    expect(audit.filter(({ type }) => type === 'move.approved')).toHaveLength(1);
  });

  it('keeps everybody the person the application knew, with both providers working [CON-10]', async () => {
    await expect(acme.signIn(acme.next, renamed(ada))).resolves.toBe(seen.get(ada));
    await expect(acme.signIn(acme.next, renamed('CHLOE@acme.example', 'c-3'))).resolves.toBe(seen.get(chloe));
    await expect(acme.signIn(acme.old, person(ada))).resolves.toBe(seen.get(ada));
    await expect(acme.signIn(acme.next, renamed(ada))).resolves.toBe(seen.get(ada));
    await expect(relinked()).resolves.toBe(2);
    const progress = await acme.move(move);
    expect(progress).toMatchObject({ counts: { followed: 2, pending: 2, cannot: 0 } });
    await expect(acme.line(progress, ada)).resolves.toMatchObject({ state: 'followed', oldSubject: ada });
  });

  it('takes whose subject was listed by that subject alone [CON-10] [LNK-11]', async () => {
    await expect(acme.askedForCode(acme.next, renamed(ben))).resolves.toContain(ben);
    const asListed = renamed('benjamin@acme.example', 'b-17');
    await expect(acme.signIn(acme.next, asListed)).resolves.toBe(seen.get(ben));
  });

  it('refuses to end while the confirmed number is not that of those still pending [CON-10]', async () => {
    const finish = (confirm: number) => gatehouse.api('POST', `${acme.moves}/${move}/finish`, { confirm });
    expect(await finish(0)).toMatchObject({
      status: 409,
      body: { code: 'move_not_confirmed', want: 1, got: 0 },
    });
    await expect(acme.signIn(acme.next, renamed(dora))).resolves.toBe(seen.get(dora));
    expect(await finish(0)).toMatchObject({ status: 200, body: { state: 'finished', linksRemoved: 4 } });
    expect(await finish(0)).toMatchObject({ status: 409, body: { code: 'move_not_open' } });
  });

  it('has lost nobody in the end: the old connection can go, and everybody is who they were [CON-10] [CON-15]', async () => {
    const all = {
      [ada]: renamed(ada),
      [ben]: renamed(ben, 'b-17'),
      [chloe]: renamed(chloe, 'c-3'),
      [dora]: renamed(dora),
    };
    for (const [email, who] of Object.entries(all))
      await expect(acme.signIn(acme.next, who)).resolves.toBe(seen.get(email));
    const path = `tenants/acme/connections/${acme.old.connection}`;
    await expect(gatehouse.api('DELETE', path)).resolves.toMatchObject({ status: 200 });
    await expect(acme.signIn(acme.next, renamed(ada))).resolves.toBe(seen.get(ada));
    const { items } = await gatehouse.did('GET', 'tenants/acme/members');
    expect(asArray(items)).toHaveLength(people.length + 1);
  });
});
