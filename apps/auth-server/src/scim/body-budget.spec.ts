import {
  directoryId,
  directoryRequestId,
  SystemChance,
  tenantId,
  type DirectoryRequest,
} from '@gatehouse/core';
import { BodyBudget } from './body-budget';

const chance = new SystemChance();
const now = new Date('2026-03-01T12:00:30.000Z');
const [okta, entra] = [directoryId.create(now, chance), directoryId.create(now, chance)];

function aRequest(of: DirectoryRequest['directoryId'], body: string | undefined, at = now): DirectoryRequest {
  return {
    ...{
      id: directoryRequestId.create(at, chance),
      tenantId: tenantId.create(now, chance),
      directoryId: of,
      at,
    },
    ...{ method: 'POST', path: '/Users', bodyCut: false, status: 201, milliseconds: 3 },
    ...(body !== undefined && { body }),
  };
}

describe('the bodies of a directory in the log', () => {
  it('are kept as far as they fit into a minute, and those of other directories besides [SCM-7] [SEC-1]', () => {
    const budget = new BodyBudget(10);
    const [first, tooMuch, bare, small] = [
      aRequest(okta, '123456'),
      aRequest(okta, '12345'),
      aRequest(okta, undefined),
      aRequest(okta, '1234'),
    ];
    expect(budget.apply(first)).toBe(first);
    const { body: _, ...rest } = tooMuch;
    expect(budget.apply(tooMuch)).toEqual({ ...rest, bodyCut: true });
    expect([bare, small].map((each) => budget.apply(each))).toEqual([bare, small]);
    const theirs = aRequest(entra, '1234567890');
    expect(budget.apply(theirs)).toBe(theirs);
    const next = aRequest(okta, '1234567890', new Date(now.getTime() + 30_000));
    expect(budget.apply(next)).toBe(next);
  });

  it('are no more than the addresses, of which a client may make as much [SCM-7] [SEC-1]', () => {
    const budget = new BodyBudget(1000);
    const long = { ...aRequest(okta, undefined), path: `/Users?filter=${'x'.repeat(1000)}` };
    expect(budget.apply(long)).toBe(long);
    const { path, bodyCut } = budget.apply(long);
    expect([path.length, path.slice(0, 15), bodyCut]).toEqual([200, '/Users?filter=x', true]);
  });
});
