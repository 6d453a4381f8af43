import { directoryGroupId, directoryPersonId, SystemChance } from '@gatehouse/core';
import { DataSource } from 'typeorm';
import type { ApiCaller } from '../callers';
import { signInAs } from '../callers';
import { asArray, asRecord, Gatehouse, text } from '../gatehouse';
import { Organisation } from '../organisation';

const chance = new SystemChance();

let gatehouse: Gatehouse;
let owner: ApiCaller;
let admin: ApiCaller;
let directory: string;
let tenant: string;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  const acme = await Organisation.setUp(gatehouse, 'acme');
  await Organisation.setUp(gatehouse, 'globex');
  tenant = text((await gatehouse.did('GET', acme.path))['id']);
  owner = await signInAs(gatehouse, acme, 'owner');
  admin = await signInAs(gatehouse, acme, 'admin');
  const { id } = await admin.did('POST', 'tenants/acme/directories', { name: 'Okta' });
  directory = `tenants/acme/directories/${text(id)}`;
}, 60_000);

afterAll(() => gatehouse?.stop());

/** As the directory's client leaves it: a group with these members of the organisation in it. */
async function aGroup(name: string, ...memberIds: readonly string[]): Promise<string> {
  const [now, id] = [new Date(), directoryGroupId.create(new Date(), chance)];
  const of = directory.split('/').at(-1);
  await gatehouse.app.get(DataSource).transaction(async (manager) => {
    await manager.query(`SET LOCAL gatehouse.tenant = '${tenant}'`);
    await manager.query(
      `INSERT INTO directory_groups (id, tenant_id, directory_id, display_name, display_name_key, document, version,
         created_at, updated_at) VALUES ($1, $2, $3, $4, $5, '{}', 1, $6, $6)`,
      [id, tenant, of, name, name.toLowerCase(), now],
    );
    for (const memberId of memberIds) {
      const person = directoryPersonId.create(now, chance);
      await manager.query(
        `INSERT INTO directory_people (id, tenant_id, directory_id, user_name, user_name_key, active, document, version,
           created_at, updated_at, standing, member_id, brought)
         VALUES ($1, $2, $3, $1, $1, true, '{}', 1, $4, $4, 'admitted', $5, true)`,
        [person, tenant, of, now, memberId],
      );
      await manager.query('INSERT INTO directory_group_members VALUES ($1, $2, $3, $4)', [
        id,
        person,
        tenant,
        of,
      ]);
    }
  });
  return id;
}

async function aMember(email: string): Promise<string> {
  return text((await gatehouse.did('POST', 'tenants/acme/members', { email }))['id']);
}

describe('groups that give roles', () => {
  it('are looked for, previewed and mapped; the member list says by which group [SCM-4]', async () => {
    const ada = await aMember('ada@acme.example');
    const group = await aGroup('Platform admins', ada);
    const found = await admin.did('GET', `${directory}/groups?q=PLAT`);
    expect(found).toEqual({ items: [{ id: group, name: 'Platform admins', members: 1 }] });
    const wanted = { groupId: group, role: 'admin' };
    const shown = {
      memberId: ada,
      email: 'ada@acme.example',
      before: 'member',
      after: 'admin',
      mappedBy: group,
    };
    const preview = await admin.did('POST', `${directory}/role-mappings/preview`, {
      kind: 'create',
      ...wanted,
    });
    expect(preview).toMatchObject({ changes: 1, members: [shown] });
    expect(await admin.did('GET', `tenants/acme/members/${ada}`)).toMatchObject({ role: 'member' });
    const made = await admin.did('POST', `${directory}/role-mappings`, wanted);
    expect(made).toMatchObject({ changes: 1, members: [shown], mappings: [{ ...wanted, priority: 1 }] });
    expect(await admin.did('GET', `tenants/acme/members/${ada}`)).toMatchObject({
      role: 'admin',
      roleMappedBy: group,
      roleFrom: { groupId: group, name: 'Platform admins' },
    });
    const [mapping] = asArray(made['mappings']).map(asRecord);
    const at = `${directory}/role-mappings/${text(mapping?.['id'])}`;
    expect(await admin.did('PATCH', at, { role: 'viewer' })).toMatchObject({ changes: 1 });
    expect(await admin.did('POST', `${directory}/role-mappings/replay`)).toMatchObject({ changes: 0 });
    // What a person gives is no group's any more.
    const byHand = await admin.did('PATCH', `tenants/acme/members/${ada}`, { role: 'member' });
    expect(byHand).toMatchObject({ role: 'member' });
    expect(byHand).not.toHaveProperty('roleMappedBy');
    expect(await admin.did('POST', `${directory}/role-mappings/replay`)).toMatchObject({ changes: 0 });
    await admin.did('DELETE', at);
    expect(await admin.did('GET', `${directory}/role-mappings`)).toEqual({ items: [] });
  });

  it('make owners where an owner says so, and not where an admin does [SCM-4]', async () => {
    const eve = await aMember('eve@acme.example');
    const group = await aGroup('Founders', eve);
    const wanted = { groupId: group, role: 'owner' };
    const refused = await admin.call('POST', `${directory}/role-mappings`, wanted);
    expect([refused.status, refused.body]).toMatchObject([403, { code: 'role_not_grantable' }]);
    const made = await owner.did('POST', `${directory}/role-mappings`, wanted);
    expect(await admin.did('GET', `tenants/acme/members/${eve}`)).toMatchObject({ role: 'owner' });
    const [mapping] = asArray(made['mappings']).map(asRecord);
    const at = `${directory}/role-mappings/${text(mapping?.['id'])}`;
    expect((await admin.call('DELETE', at)).status).toBe(403);
    expect((await admin.call('PATCH', at, { role: 'viewer' })).status).toBe(403);
  });

  it('that make owners are no way for an admin to become one by a token of the directory [SCM-4]', async () => {
    const made = await admin.did('POST', 'tenants/acme/directories', { name: 'With founders' });
    const at = `tenants/acme/directories/${text(made['id'])}`;
    const { secret, id: replaces } = await admin.did('POST', `${at}/tokens`, { name: 'Client' });
    const answer = await fetch(`${text(made['baseUrl'])}/Groups`, {
      ...{ method: 'POST', body: JSON.stringify({ displayName: 'Owners' }) },
      headers: { authorization: `Bearer ${text(secret)}`, 'content-type': 'application/scim+json' },
    });
    const groupId = text(asRecord(await answer.json())['id']);
    await owner.did('POST', `${at}/role-mappings`, { groupId, role: 'owner' });
    for (const more of [{}, { replaces }]) {
      const refused = await admin.call('POST', `${at}/tokens`, { name: 'Mine', ...more });
      expect([refused.status, refused.body]).toMatchObject([403, { code: 'role_not_grantable' }]);
    }
    await owner.did('POST', `${at}/tokens`, { name: 'The next', replaces });
  });

  it('are refused with words for what cannot be mapped, and unknown to other organisations [SCM-4]', async () => {
    const group = await aGroup('Staff');
    const wanted = { groupId: group, role: 'member' };
    await admin.did('POST', `${directory}/role-mappings`, wanted);
    const again = await admin.call('POST', `${directory}/role-mappings`, wanted);
    expect([again.status, again.body]).toMatchObject([409, { code: 'conflict' }]);
    for (const body of [
      { groupId: 'dgrp_x', role: 'member' },
      { groupId: group, role: 'god' },
      { ...wanted, priority: 0 },
      { ...wanted, tenantId: 'ten_x' },
    ])
      expect((await admin.call('POST', `${directory}/role-mappings`, body)).status).toBe(400);
    const strange = { groupId: `dgrp_${'0'.repeat(26)}`, role: 'member' };
    expect((await admin.call('POST', `${directory}/role-mappings`, strange)).status).toBe(404);
    expect((await admin.call('PUT', `${directory}/role-mappings/order`, { ids: [] })).status).toBe(400);
    const elsewhere = directory.replace('acme', 'globex');
    for (const path of ['role-mappings', 'groups'])
      expect((await gatehouse.api('GET', `${elsewhere}/${path}`)).status).toBe(404);
    expect((await gatehouse.api('POST', `${elsewhere}/role-mappings`, wanted)).status).toBe(404);
  });

  it('are given and taken by what the directory’s client sends [SCM-4]', async () => {
    const made = await gatehouse.did('POST', 'tenants/acme/directories', {
      name: 'Sent',
      defaultRole: 'viewer',
    });
    const at = `tenants/acme/directories/${text(made['id'])}`;
    const { secret } = await gatehouse.did('POST', `${at}/tokens`, { name: 'Client' });
    const send = async (method: string, path: string, body: object) => {
      const answer = await fetch(`${text(made['baseUrl'])}${path}`, {
        ...{ method, body: JSON.stringify(body) },
        headers: { authorization: `Bearer ${text(secret)}`, 'content-type': 'application/scim+json' },
      });
      expect([method, path, answer.ok]).toEqual([method, path, true]);
      return answer.status === 204 ? {} : asRecord(await answer.json());
    };
    const core = 'urn:ietf:params:scim:schemas:core:2.0';
    const aUser = async (userName: string) =>
      text((await send('POST', '/Users', { schemas: [`${core}:User`], userName, active: true }))['id']);
    const [ann, bea] = [await aUser('ann@acme.example'), await aUser('bea@acme.example')];
    const pushed = { schemas: [`${core}:Group`], displayName: 'Sent admins', members: [{ value: ann }] };
    const group = text((await send('POST', '/Groups', pushed))['id']);
    const patch = (op: string, path: string, value?: unknown) =>
      send('PATCH', `/Groups/${group}`, {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op, path, ...(value === undefined ? {} : { value }) }],
      });
    const roleOf = async (email: string) => {
      const { items } = await admin.did('GET', `tenants/acme/members?q=${email}`);
      const [member] = asArray(items).map(asRecord);
      return [member?.['role'], asRecord(member?.['roleFrom'] ?? {})['name']];
    };
    expect(await roleOf('ann@acme.example')).toEqual(['viewer', undefined]);
    await admin.did('POST', `${at}/role-mappings`, { groupId: group, role: 'admin' });
    expect(await roleOf('ann@acme.example')).toEqual(['admin', 'Sent admins']);
    await patch('add', 'members', [{ value: bea }]);
    expect(await roleOf('bea@acme.example')).toEqual(['admin', 'Sent admins']);
    await patch('remove', `members[value eq "${ann}"]`);
    expect(await roleOf('ann@acme.example')).toEqual(['viewer', undefined]);
    const removal = await fetch(`${text(made['baseUrl'])}/Groups/${group}`, {
      ...{ method: 'DELETE', headers: { authorization: `Bearer ${text(secret)}` } },
    });
    expect(removal.status).toBe(204);
    expect(await roleOf('bea@acme.example')).toEqual(['viewer', undefined]);
    expect(await admin.did('GET', `${at}/role-mappings`)).toEqual({ items: [] });
  });
});
