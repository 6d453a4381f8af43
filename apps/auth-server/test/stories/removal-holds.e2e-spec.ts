import { signInAs, type ApiCaller } from '../callers';
import { DirectoryClient } from '../directory-client';
import { asArray, asRecord, Gatehouse, text } from '../gatehouse';
import { Organisation } from '../organisation';

let gatehouse: Gatehouse;
let owner: ApiCaller;
let admin: ApiCaller;
let okta: DirectoryClient;
let path: string;

const directories = 'tenants/acme/directories';

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  const acme = await Organisation.setUp(gatehouse, 'acme');
  okta = await DirectoryClient.setUp(gatehouse, 'acme');
  owner = await signInAs(gatehouse, acme, 'owner');
  admin = await signInAs(gatehouse, acme, 'admin');
  path = `${okta.path}/removal-holds`;
  await Organisation.setUp(gatehouse, 'globex');
}, 60_000);

afterAll(() => gatehouse?.stop());

async function aPerson(userName: string): Promise<string> {
  const { id } = await okta.create(userName);
  return text(id);
}

async function deactivate(id: string): Promise<void> {
  const Operations = [{ op: 'replace', path: 'active', value: false }];
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
  const { status } = await okta.send('PATCH', `/Users/${id}`, { schemas, Operations });
  expect([200, 204]).toContain(status);
}

describe('removals that a guard holds back', () => {
  it('are shown to admins, decided on by owners only, and once [SCM-8]', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `p${index}@acme.example`);
    const ids: string[] = [];
    for (const name of names) ids.push(await aPerson(name));
    for (const id of ids) await deactivate(id);
    const [hold] = asArray((await admin.did('GET', path))['items']).map(asRecord);
    expect(hold).toMatchObject({ reason: 'too-many', state: 'open', people: 3 });
    const at = `${path}/${text(hold?.['id'])}`;
    const { items } = await admin.did('GET', `${at}/people`);
    const waiting = asArray(items).map(asRecord);
    expect(waiting.map(({ userName, wanted }) => [userName, wanted])).toEqual(
      names.slice(5).map((name) => [name, 'deactivated']),
    );
    for (const { memberId } of waiting)
      expect(await admin.did('GET', `tenants/acme/members/${text(memberId)}`)).not.toHaveProperty(
        'suspendedAt',
      );
    for (const decision of ['approve', 'refuse']) {
      const refused = await admin.call('POST', `${at}/${decision}`);
      expect([refused.status, refused.body]).toMatchObject([403, { code: 'role_not_grantable' }]);
    }
    const before = await owner.call('POST', `${at}/approve`, { people: 2 });
    expect([before.status, before.body]).toMatchObject([409, { code: 'conflict' }]);
    expect((await owner.call('POST', `${at}/approve`, { persons: 3 })).status).toBe(400);
    expect(await owner.did('POST', `${at}/refuse`)).toMatchObject({
      state: 'refused',
      people: expect.any(Number),
    });
    expect((await owner.call('POST', `${at}/approve`)).status).toBe(409);
    expect(await admin.did('GET', at)).toMatchObject({ state: 'refused' });
  });

  it('are of their own directory and organisation [SCM-8]', async () => {
    const [hold] = asArray((await admin.did('GET', path))['items']).map(asRecord);
    const id = text(hold?.['id']);
    const { id: other } = await admin.did('POST', directories, { name: 'Another' });
    const elsewhere = `${directories}/${text(other)}/removal-holds`;
    expect(await admin.did('GET', elsewhere)).toEqual({ items: [] });
    for (const at of [
      `${elsewhere}/${id}`,
      `${elsewhere}/${id}/people`,
      `${path.replace('acme', 'globex')}/${id}`,
    ])
      expect((await gatehouse.api('GET', at)).status).toBe(404);
    expect((await gatehouse.api('POST', `${elsewhere}/${id}/approve`)).status).toBe(404);
  });
});
