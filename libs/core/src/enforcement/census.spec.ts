import fc from 'fast-check';
import { memberSsoChoices, roles, type Exemption } from '../members/member';
import { breakGlassChoices, ssoModes, startingPolicy } from '../tenants/sign-in-policy';
import { decideClass, exemptionStates, typicalOf, type ExemptionState } from './census';
import { accessMethods, decideAccess } from './decide-access';

const at = new Date('2026-11-21T12:00:00Z');

/** As the store sorts them into classes. */
function stateOf(exemption: Exemption | undefined): ExemptionState {
  if (!exemption) return 'none';
  if (!exemption.until) return 'lasting';
  return exemption.until > at ? 'running' : 'over';
}

const anExemption = fc.option(
  fc.record(
    { reason: fc.constant('x'), until: fc.oneof(fc.constant(at), fc.date({ noInvalidDate: true })) },
    { requiredKeys: ['reason'] },
  ),
  { nil: undefined },
);

const aMember = fc.record(
  {
    role: fc.constantFrom(...roles),
    sso: fc.constantFrom(...memberSsoChoices),
    suspendedAt: fc.constant(at),
  },
  { requiredKeys: ['role', 'sso'] },
);

const aTenant = fc.record({
  policy: fc
    .record({ sso: fc.constantFrom(...ssoModes), breakGlass: fc.constantFrom(...breakGlassChoices) })
    .map((policy) => ({ ...startingPolicy, ...policy })),
  ssoEntitled: fc.boolean(),
});

describe('a class of members', () => {
  it('gets the decision that each of its members gets [ENF-3] [ENF-13]', () => {
    fc.assert(
      fc.property(
        aTenant,
        aMember,
        anExemption,
        fc.constantFrom(...accessMethods),
        (tenant, { role, sso, suspendedAt }, exemption, method) => {
          const member = { role, sso, ...(exemption && { exemption }), ...(suspendedAt && { suspendedAt }) };
          const suspended = suspendedAt !== undefined;
          const facts = { role, sso, suspended, exemption: stateOf(exemption), reach: 'none' } as const;
          expect(decideClass(tenant, { ...facts, key: 'k', members: 1 }, method, at)).toEqual(
            decideAccess({ tenant, member, method, now: at }),
          );
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each(exemptionStates)('has typical members whose exemption is "%s" [ENF-5]', (exemption) => {
    const facts = { role: 'member', sso: 'inherit', suspended: false, reach: 'none' } as const;
    expect(stateOf(typicalOf({ ...facts, exemption }, at).exemption)).toBe(exemption);
  });
});
