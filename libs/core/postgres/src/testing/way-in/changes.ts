import { breakGlassChoices, memberSsoChoices, roles, secondFactorRules, ssoModes } from '@gatehouse/core';
import fc from 'fast-check';
import type { MemberFacts, TenantFacts } from './oracle';

/** Whom a change is about, and in which organisation. */
interface Subject {
  readonly who: number;
  readonly at: number;
}

type Attempt = 'sso' | 'password' | 'passkey' | 'plus-address' | 'other-case';

/** What happens next: to an organisation, to a member, to the time, or somebody tries to come in. */
export type Change = Subject &
  (
    | { readonly kind: 'tenant'; readonly facts: Partial<TenantFacts> }
    | { readonly kind: 'own'; readonly own: MemberFacts['own']; readonly exemptMinutes: number }
    | { readonly kind: 'role'; readonly role: MemberFacts['role'] }
    | { readonly kind: 'suspend' | 'remove' | 'reset' }
    | { readonly kind: 'directory'; readonly active: boolean }
    | { readonly kind: 'wait'; readonly minutes: number }
    | { readonly kind: Attempt; readonly by: true }
  );

const subject = { who: fc.nat(3), at: fc.nat(1) };

/** What keeps everybody out is soon over, so that the finer rules come up as well. */
const tenantFacts = fc.oneof(
  fc.record({ sso: fc.constantFrom(...ssoModes) }),
  {
    weight: 3,
    arbitrary: fc.record({
      sso: fc.constant('required' as const),
      breakGlass: fc.constantFrom(...breakGlassChoices),
    }),
  },
  fc.record({ secondFactor: fc.constantFrom(...secondFactorRules) }),
  fc.record({ outage: fc.boolean() }),
  fc.record({ entitled: fc.constantFrom(true, true, true, false) }),
  fc.record({ suspended: fc.constantFrom(false, false, false, true) }),
);

const attempt = fc.constantFrom<Attempt>(
  'sso',
  'password',
  'password',
  'passkey',
  'passkey',
  'plus-address',
  'other-case',
);

/** Attempts come as often as all changes together. */
export const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ ...subject, kind: attempt, by: fc.constant(true as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ ...subject, kind: fc.constant('tenant' as const), facts: tenantFacts }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      ...{
        ...subject,
        kind: fc.constant('own' as const),
        own: fc.constantFrom('inherit' as const, ...memberSsoChoices),
      },
      exemptMinutes: fc.constantFrom(0, 1, 90, Number.POSITIVE_INFINITY),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      ...subject,
      kind: fc.constant('role' as const),
      role: fc.constantFrom('admin' as const, ...roles),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      ...subject,
      kind: fc.constantFrom('suspend' as const, 'remove' as const, 'reset' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ ...subject, kind: fc.constant('directory' as const), active: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      ...subject,
      kind: fc.constant('wait' as const),
      minutes: fc.constantFrom(1, 30, 90, 1440),
    }),
  },
);
