import {
  directoryId,
  directoryRequestId,
  directoryTokenId,
  type Directory,
  type DirectoryRequest,
  type RequestSearch,
  type Tenant,
} from '@gatehouse/core';
import { PostgresDirectoryRequestStore, PostgresSweeper } from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import { anExistingTenant, chance, later } from '../testing/given';
import { anExistingDirectory } from '../testing/given-directory';

let database: TestDatabase;
let requests: PostgresDirectoryRequestStore;
let tenant: Tenant;
let directory: Directory;
beforeAll(async () => {
  database = await createTestDatabase();
  requests = new PostgresDirectoryRequestStore(database.app);
});
beforeEach(async () => {
  tenant = await anExistingTenant(database.app);
  directory = await anExistingDirectory(database.app, tenant);
});
afterAll(() => database.drop());

function aRequest(minutes: number, given: Partial<DirectoryRequest> = {}): DirectoryRequest {
  const at = later(minutes);
  return {
    ...{ id: directoryRequestId.create(at, chance), tenantId: tenant.id, directoryId: directory.id, at },
    ...{ method: 'GET', path: '/Users?count=1', bodyCut: false, status: 200, milliseconds: 4 },
    ...given,
  };
}

async function found(search: RequestSearch): Promise<readonly string[]> {
  const { requests: those } = await requests.list(tenant.id, directory.id, search, { limit: 50 });
  return those.map(({ id }) => id);
}

describe('the log of requests', () => {
  it('keeps everything that is known of a request [SCM-7]', async () => {
    const whole = aRequest(1, {
      ...{
        tokenId: directoryTokenId.create(later(0), chance),
        method: 'PATCH',
        path: '/Users/1',
        status: 400,
      },
      ...{ body: '{"a":"\\u0000 ü 𝒳"}', bodyCut: true, ifMatch: 'W/"1"', userAgent: 'Okta SCIM Client' },
      ...{ scimType: 'invalidPath', detail: 'There is no such attribute.' },
    });
    const bare = aRequest(2);
    await requests.addAll(tenant.id, [whole, bare]);
    await expect(requests.find(tenant.id, directory.id, whole.id)).resolves.toEqual(whole);
    await expect(requests.list(tenant.id, directory.id, {}, { limit: 5 })).resolves.toEqual({
      requests: [bare, whole],
    });
  });

  it('finds requests by outcome, method, status, time and text [SCM-7]', async () => {
    const created = aRequest(1, {
      method: 'POST',
      path: '/Users',
      body: '{"userName":"Ada@acme.example"}',
      status: 201,
    });
    const refused = aRequest(2, { path: '/Users/ada_100%25', status: 404 });
    const listed = aRequest(3);
    await requests.addAll(tenant.id, [created, refused, listed]);
    await expect(found({ outcome: 'refused' })).resolves.toEqual([refused.id]);
    await expect(found({ outcome: 'answered' })).resolves.toEqual([listed.id, created.id]);
    await expect(found({ method: 'POST' })).resolves.toEqual([created.id]);
    await expect(found({ status: 404 })).resolves.toEqual([refused.id]);
    await expect(found({ since: later(2), until: later(3) })).resolves.toEqual([refused.id]);
    await expect(found({ text: 'ADA@' })).resolves.toEqual([created.id]);
    await expect(found({ text: 'ada_100%' })).resolves.toEqual([refused.id]);
    await expect(found({ text: '_' })).resolves.toEqual([refused.id]);
    await expect(found({ text: 'nobody' })).resolves.toEqual([]);
  });

  it('is read in slices, and a search leads on past what it has looked at [SCM-7]', async () => {
    const many = Array.from({ length: 5001 }, (_, n) => aRequest(n + 1));
    const first = aRequest(0, { status: 500 });
    await requests.addAll(tenant.id, [first, ...many]);
    const newest = await requests.list(tenant.id, directory.id, {}, { limit: 2 });
    expect(newest.requests.map(({ id }) => id)).toEqual([many[5000]?.id, many[4999]?.id]);
    const more = await requests.list(tenant.id, directory.id, {}, { limit: 2, after: newest.next ?? '' });
    expect(more.requests.map(({ id }) => id)).toEqual([many[4998]?.id, many[4997]?.id]);
    const search = { outcome: 'refused' } as const;
    const looked = await requests.list(tenant.id, directory.id, search, { limit: 2 });
    expect(looked.requests).toEqual([]);
    const rest = await requests.list(tenant.id, directory.id, search, { limit: 2, after: looked.next ?? '' });
    expect(rest).toEqual({ requests: [first] });
  });

  it('shows nothing of another directory or tenant, and takes nothing for one [SEC-3] [SCM-7]', async () => {
    const globex = await anExistingTenant(database.app);
    const request = aRequest(1);
    await requests.addAll(tenant.id, [request]);
    const other = await anExistingDirectory(database.app, tenant);
    await expect(requests.find(globex.id, directory.id, request.id)).resolves.toBeUndefined();
    await expect(requests.find(tenant.id, other.id, request.id)).resolves.toBeUndefined();
    await expect(requests.list(globex.id, directory.id, {}, { limit: 5 })).resolves.toEqual({ requests: [] });
    await requests.addAll(globex.id, [aRequest(2), aRequest(3, { tenantId: globex.id })]);
    await expect(found({})).resolves.toEqual([request.id]);
  });

  it('keeps the others of a batch where one directory was deleted meanwhile [SCM-7]', async () => {
    const kept = aRequest(1);
    const late = aRequest(2, { directoryId: directoryId.create(later(0), chance) });
    await requests.addAll(tenant.id, [late, kept]);
    await expect(found({})).resolves.toEqual([kept.id]);
  });

  it('is kept for thirty days [SCM-7]', async () => {
    const day = 24 * 60;
    const [old, young] = [aRequest(0), aRequest(2 * day)];
    await requests.addAll(tenant.id, [old, young]);
    await new PostgresSweeper(database.app).sweep(later(31 * day));
    await expect(found({})).resolves.toEqual([young.id]);
  });
});
