import { DataSource } from 'typeorm';
import type { ApiCaller } from '../callers';
import { signInAs } from '../callers';
import { asArray, asRecord, Gatehouse, text } from '../gatehouse';
import { Organisation } from '../organisation';

let gatehouse: Gatehouse;
let acme: Organisation;
let globex: Organisation;
let admin: ApiCaller;
const path = 'tenants/acme/directories';

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  acme = await Organisation.setUp(gatehouse, 'acme');
  globex = await Organisation.setUp(gatehouse, 'globex');
  admin = await signInAs(gatehouse, acme, 'admin');
}, 60_000);

afterAll(() => gatehouse?.stop());

async function aDirectory(wanted: object = {}): Promise<Readonly<Record<string, unknown>>> {
  return admin.did('POST', path, { name: 'Okta', ...wanted });
}

async function change(sql: string, values: readonly unknown[] = []): Promise<void> {
  const { id } = await gatehouse.did('GET', acme.path);
  await gatehouse.app.get(DataSource).transaction(async (manager) => {
    await manager.query(`SET LOCAL gatehouse.tenant = '${text(id)}'`);
    await manager.query(sql, [...values]);
  });
}

describe('a directory', () => {
  it('is made with the address for its client, listed, changed, paused and resumed [SCM-5]', async () => {
    const made = await aDirectory({ name: '  Entra ID ' });
    const id = text(made['id']);
    expect(made).toMatchObject({
      ...{ name: 'Entra ID', state: 'active', defaultRole: 'member', pairing: { by: 'email' } },
      ...{ people: 0, activePeople: 0, groups: 0, quarantined: 0 },
      baseUrl: `${gatehouse.url}/scim/v2/${id}`,
    });
    const { items } = await admin.did('GET', path);
    expect(asArray(items).map((item) => asRecord(item)['id'])).toContain(id);
    const pairing = { by: 'external-id', attribute: 'employeeNumber' };
    const wanted = { defaultRole: 'viewer', pairing, connectionId: acme.connection };
    await expect(admin.did('PATCH', `${path}/${id}`, wanted)).resolves.toMatchObject({
      name: 'Entra ID',
      ...wanted,
    });
    const freed = await admin.did('PATCH', `${path}/${id}`, { connectionId: null });
    expect(freed).not.toHaveProperty('connectionId');
    await expect(admin.did('POST', `${path}/${id}/pause`)).resolves.toMatchObject({ state: 'paused' });
    await admin.did('POST', `${path}/${id}/pause`);
    await expect(admin.did('POST', `${path}/${id}/resume`)).resolves.toMatchObject({ state: 'active' });
    const told = (await gatehouse.audit('acme')).filter(({ subject }) => subject === id).toReversed();
    expect(told.map(({ type }) => type)).toEqual([
      ...[
        'directory.created',
        'directory.updated',
        'directory.updated',
        'directory.paused',
        'directory.resumed',
      ],
    ]);
    expect(told[1]).toMatchObject({
      before: { defaultRole: 'member' },
      after: wanted,
      actor: { kind: 'member' },
    });
  });

  it('is refused a connection of another tenant, a role above member, and what is no setting [SCM-4] [SEC-3]', async () => {
    const id = text((await aDirectory())['id']);
    for (const body of [{ connectionId: globex.connection }, { defaultRole: 'owner' }, { tenantId: 'ten_1' }])
      for (const [method, to, more] of [
        ['POST', path, { name: 'X' }],
        ['PATCH', `${path}/${id}`, {}],
      ] as const)
        expect(await admin.call(method, to, { ...more, ...body })).toMatchObject({
          status: 400,
          body: { code: 'validation_failed' },
        });
    await expect(admin.did('GET', `${path}/${id}`)).resolves.toMatchObject({ defaultRole: 'member' });
  });

  it('is unknown to other tenants, whatever is asked of it [SEC-3]', async () => {
    const id = text((await aDirectory())['id']);
    const of = `tenants/globex/directories/${id}`;
    for (const [method, to] of [
      ['GET', of],
      ['PATCH', of],
      ['DELETE', of],
      ['POST', `${of}/pause`],
      ['GET', `${of}/tokens`],
      ['GET', `${of}/requests`],
      ['GET', `${of}/people`],
    ] as const)
      expect(await gatehouse.api(method, to, method === 'PATCH' ? {} : undefined)).toMatchObject({
        status: 404,
      });
    const token = await gatehouse.api('POST', `${of}/tokens`, { name: 'Mine' });
    expect(token).toMatchObject({ status: 404, body: { code: 'not_found' } });
    await expect(admin.did('GET', `${path}/${id}`)).resolves.toMatchObject({ state: 'active' });
  });

  it('is gone once it is deleted, with its tokens; a second time there is nothing to delete [SCM-5]', async () => {
    const id = text((await aDirectory())['id']);
    await admin.did('POST', `${path}/${id}/tokens`, { name: 'One' });
    await admin.did('DELETE', `${path}/${id}`);
    for (const method of ['GET', 'DELETE'])
      expect(await admin.call(method, `${path}/${id}`)).toMatchObject({ status: 404 });
    const [last] = await gatehouse.audit('acme');
    expect(last).toMatchObject({ type: 'directory.deleted', subject: id, before: { name: 'Okta' } });
  });
});

describe("a directory's token", () => {
  it('shows its secret once, lives a year unless told otherwise, and two at most [SCM-5]', async () => {
    const tokens = `${path}/${text((await aDirectory())['id'])}/tokens`;
    const { secret, ...shown } = await admin.did('POST', tokens, { name: ' Okta ' });
    expect(text(secret)).toMatch(/^gatehouse_scim_[0-9a-f]{72}$/);
    expect(shown).toMatchObject({ name: 'Okta', state: 'active' });
    const days = (Date.parse(text(shown['expiresAt'])) - Date.parse(text(shown['createdAt']))) / 86_400_000;
    expect(days).toBe(365);
    const seen = JSON.stringify([await admin.did('GET', tokens), await gatehouse.audit('acme')]);
    expect(seen).not.toContain(text(secret).slice(15));
    await expect(admin.call('POST', tokens, { name: 'Long', expiresInDays: 731 })).resolves.toMatchObject({
      status: 400,
      body: { code: 'validation_failed' },
    });
    await admin.did('POST', tokens, { name: 'Long', expiresInDays: 730 });
  });

  it('takes the place of another one, which goes on for some days and never longer than before [SCM-5]', async () => {
    const tokens = `${path}/${text((await aDirectory())['id'])}/tokens`;
    const [year, week] = [
      await admin.did('POST', tokens, { name: 'Year' }),
      await admin.did('POST', tokens, { name: 'Week', expiresInDays: 7 }),
    ];
    const overlap = { overlapDays: 14 };
    const next = await admin.did('POST', tokens, { name: 'Next', replaces: year['id'], ...overlap });
    await admin.did('POST', tokens, { name: 'Next', replaces: week['id'], ...overlap });
    const { items } = await admin.did('GET', tokens);
    const ends = new Map(
      asArray(items).map((item) => [asRecord(item)['id'], text(asRecord(item)['expiresAt'])]),
    );
    const left = (Date.parse(ends.get(year['id']) ?? '') - Date.parse(text(next['createdAt']))) / 86_400_000;
    expect(left).toBe(14);
    expect(ends.get(week['id'])).toBe(week['expiresAt']);
    await admin.did('DELETE', `${tokens}/${text(next['id'])}`);
    const late = await admin.call('POST', tokens, { name: 'Late', replaces: next['id'] });
    expect(late).toMatchObject({ status: 404, body: { code: 'not_found' } });
    const unsaid = await admin.call('POST', tokens, { name: 'Unsaid', ...overlap });
    expect(unsaid).toMatchObject({ status: 400, body: { fields: [{ field: 'overlapDays' }] } });
  });

  it('is one of ten that work at most, also when calls race [SCM-5] [SEC-1]', async () => {
    const tokens = `${path}/${text((await aDirectory())['id'])}/tokens`;
    const made = await Promise.all(
      Array.from({ length: 12 }, (_, n) => admin.call('POST', tokens, { name: `Token ${n}` })),
    );
    expect(made.map(({ status }) => status).toSorted()).toEqual([...Array<number>(10).fill(201), 409, 409]);
  });

  it('is made by a browser only after a sign-in of late [SCM-5]', async () => {
    const tokens = `${path}/${text((await aDirectory())['id'])}/tokens`;
    const late = await signInAs(gatehouse, acme, 'owner');
    await change(`UPDATE sessions SET created_at = now() - interval '1 hour' WHERE member_id = $1`, [
      late.memberId,
    ]);
    const refused = await late.call('POST', tokens, { name: 'Stolen' });
    expect(refused).toMatchObject({ status: 403, body: { code: 'proof_stale' } });
    await expect(admin.did('GET', tokens)).resolves.toEqual({ items: [] });
  });
});
