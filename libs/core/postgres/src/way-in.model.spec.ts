import fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from './testing';
import { change } from './testing/way-in/changes';
import { History } from './testing/way-in/history';
import { World } from './testing/way-in/world';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Forty lives of two organisations, some fifty changes each. */
const runs = 40;
const changes = { minLength: 45, maxLength: 55, size: 'max' } as const;

describe('whatever happens to policies, roles, links, directories, identity providers and the time', () => {
  it('lets an owner in always and nobody against the policy, by any way or earlier session [ENF-4] [ENF-6] [ENF-8] [SES-2] [LOG-8] [SCM-3] [TEN-2]', async () => {
    const world = new World(database.app);
    const counts: History['counts'][] = [];
    const property = fc.asyncProperty(fc.array(change, changes), async (steps) => {
      const history = await History.begin(world);
      for (const step of steps) await history.take(step);
      counts.push(history.counts);
    });
    await fc.assert(property, { numRuns: runs, seed: 20261121, endOnFailure: true });
    // All of it must have come up often, or nothing was held.
    const sum = (name: keyof History['counts']) => counts.reduce((all, each) => all + each[name], 0);
    expect(sum('attempts')).toBeGreaterThan(2000);
    expect(sum('told')).toBeGreaterThan(50);
    for (const name of ['entered', 'refused', 'emergencies', 'sessionsChecked', 'owners'] as const)
      expect([name, sum(name) > 200]).toEqual([name, true]);
  }, 600_000);
});
