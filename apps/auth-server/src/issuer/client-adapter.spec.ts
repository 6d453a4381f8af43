import { applicationId, SystemChance, type Applications } from '@gatehouse/core';
import { ClientAdapter } from './client-adapter';

const createdAt = new Date('2026-11-21T12:00:00Z');
const id = applicationId.create(createdAt, new SystemChance());

function adapter() {
  let now = createdAt;
  let names = ['Shop'];
  const asked: string[] = [];
  const find = (wanted: string) => {
    asked.push(wanted);
    const [name] = names;
    const uris = { redirectUris: [], postLogoutRedirectUris: [] };
    const application = { id, name: name ?? '', sealedSecret: '', ...uris, createdAt };
    return Promise.resolve(name === undefined ? undefined : { application, secret: 'secret' });
  };
  const applications: Pick<Applications, 'find'> = { find };
  return {
    clients: new ClientAdapter(applications, { now: () => now }, { client_id: 'account' }),
    asked,
    later: (ms: number) => (now = new Date(now.getTime() + ms)),
    rename: (...wanted: string[]) => (names = wanted),
  };
}

describe('the clients that the issuer knows', () => {
  it('are asked for once in five seconds, and read anew afterwards [APP-1]', async () => {
    const { clients, asked, later, rename } = adapter();
    await expect(clients.find(id)).resolves.toMatchObject({ client_id: id, client_name: 'Shop' });
    rename('Store');
    later(4_999);
    await expect(clients.find(id)).resolves.toMatchObject({ client_name: 'Shop' });
    expect(asked).toEqual([id]);
    later(1);
    await expect(clients.find(id)).resolves.toMatchObject({ client_name: 'Store' });
  });

  it('are not remembered as absent, and forgotten when they are gone [APP-1]', async () => {
    const { clients, later, rename } = adapter();
    rename();
    await expect(clients.find(id)).resolves.toBeUndefined();
    rename('Shop');
    await expect(clients.find(id)).resolves.toMatchObject({ client_name: 'Shop' });
    rename();
    later(5_000);
    await expect(clients.find(id)).resolves.toBeUndefined();
  });

  it('have IDs of ours: nothing else is looked for', async () => {
    const { clients, asked } = adapter();
    await expect(clients.find('app_1; DROP')).resolves.toBeUndefined();
    expect(asked).toEqual([]);
  });
});
