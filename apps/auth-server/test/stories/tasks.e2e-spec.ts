import { MailUndeliverable } from '@gatehouse/core';
import { runTasksCommand } from '../../src/tasks/tasks-command';
import { asArray, asRecord, Gatehouse, text } from '../gatehouse';
import { PostOffice } from '../post-office';
import { asOwner, RefusingMailServer } from '../refusing-mail-server';

let gatehouse: Gatehouse;
let post: PostOffice;
const tenants: Record<string, string> = {};
beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  post = new PostOffice(gatehouse);
  for (const slug of ['acme', 'globex'])
    tenants[slug] = text((await gatehouse.did('POST', 'tenants', { slug, name: slug }))['id']);
}, 60_000);
beforeEach(() => asOwner(gatehouse, 'DELETE FROM tasks; DELETE FROM task_turns'));
afterAll(() => gatehouse?.stop());

let count = 0;

/** Letters to people whose mailboxes do not exist; answers with whom they are for. */
async function deadLetters(slug: string, wanted = 1): Promise<string[]> {
  const people = Array.from({ length: wanted }, () => `person-${(count += 1)}@elsewhere.example`);
  for (const email of people)
    await gatehouse.did('POST', `tenants/${slug}/invitations`, { email, role: 'member' });
  const answer = `550 5.1.1 <${people[0]}> unknown`;
  await new RefusingMailServer(new MailUndeliverable(answer)).offered(gatehouse);
  return people;
}

async function dead(query = ''): Promise<Readonly<Record<string, unknown>>[]> {
  return asArray((await gatehouse.did('GET', `tasks/dead${query}`))['items']).map(asRecord);
}

async function arrived(email = ''): Promise<number> {
  return (await post.to(email)).length;
}

describe('tasks, seen by the operator', () => {
  it('are counted by kind and state, with what was wrong last [WRK-1]', async () => {
    expect(await gatehouse.did('GET', 'tasks')).toEqual({ items: [] });
    await deadLetters('acme', 2);
    const invitation = { email: 'jane@elsewhere.example', role: 'member' };
    await gatehouse.did('POST', 'tenants/acme/invitations', invitation);
    await new RefusingMailServer(new Error('451 later, jane@elsewhere.example')).offered(gatehouse);
    const { items } = await gatehouse.did('GET', 'tasks');
    expect(asArray(items)).toMatchObject([
      {
        ...{ kind: 'send-mail', waiting: 0, underWay: 0, retrying: 1, dead: 2 },
        lastError: '451 later, (person)',
      },
    ]);
  });

  it('are listed where they were given up, by tenant and page by page, and what stands in them is shown to nobody [WRK-1]', async () => {
    const people = [...(await deadLetters('acme', 3)), ...(await deadLetters('globex'))];
    const first = await gatehouse.did('GET', `tasks/dead?limit=2&kind=send-mail&tenant=${tenants['acme']}`);
    const rest = await dead(`?limit=2&tenant=${tenants['acme']}&after=${text(first['next'])}`);
    const all = await dead();
    expect([asArray(first['items']).length, rest.length, all.length]).toEqual([2, 1, 4]);
    expect(Object.keys(asRecord(all[0])).toSorted()).toEqual([
      ...['attempts', 'createdAt', 'deadAt', 'id', 'kind', 'reason', 'tenantId'],
    ]);
    const shown = JSON.stringify([first, rest, all]);
    for (const person of people) expect(shown).not.toContain(person);
    expect(shown).not.toMatch(/http|invitations/);
    expect(await dead('?kind=refresh-metadata')).toEqual([]);
  });

  it('are tried again by ID, once, which the audit log of the deployment tells [WRK-1] [AUD-1]', async () => {
    const [person] = await deadLetters('acme');
    const [{ id } = {}] = await dead();
    expect(await arrived(person)).toBe(0);
    const replay = () => gatehouse.api('POST', `tasks/${text(id)}/replay`);
    expect(await replay()).toMatchObject({ status: 204 });
    expect(await replay()).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(await arrived(person)).toBe(1);
    const entries = asArray((await gatehouse.did('GET', 'tasks/audit'))['items']).map(asRecord);
    expect(entries.filter(({ subject }) => subject === id)).toMatchObject([
      { type: 'task.replayed', actor: { kind: 'operator' } },
    ]);
  });

  it('are tried again all at once, or those of a kind [WRK-1]', async () => {
    const people = await deadLetters('acme', 3);
    const replay = (body: object) => gatehouse.did('POST', 'tasks/replay', body);
    expect(await replay({ kind: 'refresh-metadata' })).toEqual({ replayed: 0 });
    expect(await replay({ kind: 'send-mail' })).toEqual({ replayed: 3 });
    expect(await dead()).toEqual([]);
    for (const person of people) expect(await arrived(person)).toBe(1);
    await deadLetters('acme');
    expect(await replay({})).toEqual({ replayed: 1 });
  });

  it.each([
    ['GET', 'tasks/dead?kind=send-mails', 'validation_failed'],
    ['GET', 'tasks/dead?tenant=acme', 'validation_failed'],
    ['POST', 'tasks/mail_1/replay', 'id_malformed'],
    ['POST', 'tasks/task_00000000000000000000000000/replay', 'not_found'],
  ])('say what is wrong with a question: %s %s', async (method, path, code) => {
    const { status, body } = await gatehouse.api(method, path);
    expect(body['code']).toBe(code);
    expect(status).toBeLessThan(500);
  });

  it('refuse an order with a kind that does not exist, or a word too many', async () => {
    for (const body of [{ kind: 'all' }, { kind: 'send-mail', tenant: 'acme' }])
      expect(await gatehouse.api('POST', 'tasks/replay', body)).toMatchObject({ status: 400 });
  });
});

describe('npm run tasks', () => {
  const run = (...args: string[]) => runTasksCommand(args, { databaseUrl: gatehouse.database.url });

  it('lists what waits and what was given up, without what stands in it [WRK-1]', async () => {
    await expect(run('list')).resolves.toBe('No task waits, and none was given up.');
    await expect(run('dead')).resolves.toBe('There are none.');
    await deadLetters('acme', 2);
    await expect(run('list')).resolves.toMatch(
      /^kind {7}waiting  under way  retrying  dead  oldest since\nsend-mail  0 {8}0 {10}0 {9}2 {5}-$/,
    );
    const lines = (await run('dead', '--kind', 'send-mail')).split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(
      new RegExp(`^mail_\\w{26} send-mail of ${tenants['acme']}: given up \\S+ after 1 attempts: 550 `),
    );
    expect(lines.join()).not.toContain('elsewhere.example');
  });

  it('tries one again, those of a kind, or all [WRK-1]', async () => {
    const [person] = await deadLetters('acme', 3);
    const [{ id } = {}] = await dead();
    await expect(run('replay', text(id))).resolves.toBe(`${text(id)} is tried again.`);
    await expect(run('replay', text(id))).rejects.toThrow('There is no such dead letter');
    await expect(run('replay', '--kind', 'refresh-metadata')).resolves.toMatch(/^0 /);
    await expect(run('replay', '--kind', 'send-mail')).resolves.toMatch(/^2 /);
    expect(await arrived(person)).toBe(1);
    await deadLetters('globex');
    await expect(run('replay', '--all')).resolves.toMatch(/^1 /);
  });

  it.each([
    [[]],
    [['undo']],
    [['list', 'dead']],
    [['list', '--all']],
    [['dead', '--after', 'yesterday']],
    [['replay']],
    [['replay', '--kind', 'mails']],
    [['replay', 'mail_00000000000000000000000000', '--all']],
  ])('says how it is used where it is not understood: %j', async (args) => {
    await expect(run(...args)).rejects.toThrow('Use one of:');
  });
});
