import {
  directoryId,
  directoryRequestId,
  SystemChance,
  tenantId,
  type DirectoryRequest,
} from '@gatehouse/core';
import { Logger } from '@nestjs/common';
import { RequestJournal } from './request-journal';

const chance = new SystemChance();
const now = new Date('2026-03-01T12:00:00.000Z');
const [acme, globex] = [tenantId.create(now, chance), tenantId.create(now, chance)];

function aRequest(tenant = acme): DirectoryRequest {
  return {
    ...{
      id: directoryRequestId.create(now, chance),
      tenantId: tenant,
      directoryId: directoryId.create(now, chance),
    },
    ...{ at: now, method: 'GET', path: '/Users', bodyCut: false, status: 200, milliseconds: 3 },
  };
}

/** A store that notes each batch, and fails or waits as a test says. */
function aJournal(write: (tenant: string) => Promise<void> = () => Promise.resolve()) {
  const batches: [string, number][] = [];
  const store = {
    addAll: async (tenant: string, requests: readonly unknown[]) => {
      await write(tenant);
      batches.push([tenant, requests.length]);
    },
    list: () => Promise.reject(new Error('asked for by nobody')),
    find: () => Promise.reject(new Error('asked for by nobody')),
  };
  return { journal: new RequestJournal(store), batches };
}

beforeEach(() => jest.spyOn(Logger.prototype, 'error').mockReturnValue());
beforeEach(() => jest.spyOn(Logger.prototype, 'warn').mockReturnValue());
afterEach(() => jest.restoreAllMocks());

describe('the journal of requests', () => {
  it('writes what came together in one batch a tenant, and by itself soon after [SCM-7]', async () => {
    jest.useFakeTimers();
    const { journal, batches } = aJournal();
    for (const tenant of [acme, globex, acme]) journal.note(aRequest(tenant));
    expect(batches).toEqual([]);
    await jest.advanceTimersByTimeAsync(1000);
    jest.useRealTimers();
    expect(batches).toEqual([
      [acme, 2],
      [globex, 1],
    ]);
  });

  it('writes at once where many have come [SCM-7]', async () => {
    const { journal, batches } = aJournal();
    for (let n = 0; n < 200; n += 1) journal.note(aRequest());
    await journal.flush();
    expect(batches).toEqual([[acme, 200]]);
  });

  it("goes on with the others where one tenant's batch cannot be written [SCM-7]", async () => {
    const { journal, batches } = aJournal((tenant) =>
      tenant === acme ? Promise.reject(new Error('full')) : Promise.resolve(),
    );
    journal.note(aRequest(acme));
    journal.note(aRequest(globex));
    await journal.flush();
    journal.note(aRequest(globex));
    await journal.flush();
    expect(batches).toEqual([
      [globex, 1],
      [globex, 1],
    ]);
    expect(Logger.prototype.error).toHaveBeenCalledTimes(1);
  });

  it('lets no more wait than fit while the database is slow, and says what is lost [SCM-7] [SEC-1]', async () => {
    let open = () => {};
    const gate = new Promise<void>((resolve) => (open = resolve));
    const { journal, batches } = aJournal(() => gate);
    journal.note(aRequest());
    void journal.flush();
    await new Promise((resolve) => setImmediate(resolve));
    for (let n = 0; n < 5003; n += 1) journal.note(aRequest());
    open();
    await journal.flush();
    expect(batches.map(([, count]) => count).filter((count) => count > 0)).toEqual([1, 5000]);
    expect(Logger.prototype.warn).toHaveBeenCalledWith(expect.stringContaining('3 requests'));
  });
});
