import { aConnection, FakePolicyFacts, type SaidFacts } from '../testing';
import { planChange, type PolicyChange } from './plan-change';

const admin = { kind: 'member', id: 'mem_1' } as const;
const operator = { kind: 'operator' } as const;
const optional = { sso: 'optional' } as const;
const required = { sso: 'required' } as const;

function plan(facts: SaidFacts, change: PolicyChange, actor: typeof admin | typeof operator = admin) {
  return planChange(new FakePolicyFacts(facts), change, actor);
}

describe('setting up, on for the tenant, on for people', () => {
  it.each([
    [
      'off while it is required: it becomes optional first',
      { policy: required },
      { sso: 'off' },
      'sso_still_required',
    ],
    ['off while members are set to it', { policy: optional, onSso: 3 }, { sso: 'off' }, 'members_on_sso'],
    ['optional before a connection is on', {}, { sso: 'optional' }, 'sso_needs_connection'],
    [
      'optional without the entitlement [TEN-9]',
      { ssoEntitled: false, connections: [aConnection()] },
      { sso: 'optional' },
      'sso_not_entitled',
    ],
  ] as const)(
    'are not taken out of order: nothing switches it %s [TEN-10]',
    async (_, facts, change, code) => {
      await expect(plan(facts, change)).rejects.toMatchObject({ code });
    },
  );

  it('say how many people keep it on [TEN-10]', async () => {
    await expect(plan({ policy: optional, onSso: 3 }, { sso: 'off' })).rejects.toMatchObject({
      details: { members: 3 },
      message: expect.stringContaining('3 members'),
    });
  });

  it.each([
    ['on for the tenant once a connection is on', { connections: [aConnection()] }, 'optional'],
    ['required back to optional, also with people set to it', { policy: required, onSso: 9 }, 'optional'],
    ['optional back to off', { policy: optional }, 'off'],
  ] as const)('go %s [TEN-10]', async (_, facts, sso) => {
    await expect(plan(facts, { sso })).resolves.toMatchObject({ sso });
  });
});

describe('the other settings of a policy', () => {
  it('change alone, and leave the rest as it is [ENF-4] [ENF-7]', async () => {
    const facts = { policy: { ...optional, secondFactor: 'required' } } as const;
    await expect(plan(facts, { breakGlass: 'owner-and-admin', newMembersOnSso: false })).resolves.toEqual({
      ...{ sso: 'optional', ssoWhenEnabled: 'optional', secondFactor: 'required' },
      ...{ breakGlass: 'owner-and-admin', newMembersOnSso: false },
    });
  });

  it('leave somebody who has shown a way in, while single sign-on is required [ENF-12]', async () => {
    const facts = { policy: { ...required, breakGlass: 'owner-and-admin' }, proven: ['admin'] } as const;
    await expect(plan(facts, { breakGlass: 'owner' })).rejects.toMatchObject({ code: 'required_not_ready' });
    const both = { ...facts, proven: ['admin', 'owner'] } as const;
    await expect(plan(both, { breakGlass: 'owner' })).resolves.toMatchObject({ breakGlass: 'owner' });
  });

  it('leave it to the operator what switching the first connection on does, past the guard [ENF-1] [ENF-2]', async () => {
    const wanted = { ssoWhenEnabled: 'required' } as const;
    await expect(plan({}, wanted)).rejects.toMatchObject({ code: 'operator_required' });
    await expect(plan({}, wanted, operator)).resolves.toMatchObject(wanted);
    await expect(plan({ policy: wanted }, wanted)).resolves.toMatchObject(wanted);
  });
});
