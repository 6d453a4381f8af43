import { decideClass, type Census, type JudgedTenant, type MemberClass } from './census';
import { accessMethods, type AccessMethod } from './decide-access';

/** What changes for somebody from one policy to the other; `second-factor`: is asked for one where none was due before. */
export const policyEffects = ['gains', 'loses', 'second-factor'] as const;
export type PolicyEffect = (typeof policyEffects)[number];

/** For how many members one way in changes, and how. */
export interface PolicyDifference {
  readonly method: AccessMethod;
  readonly effect: PolicyEffect;
  readonly members: number;
  /** The classes of the census that it happens to. */
  readonly classes: readonly string[];
}

/** Whom a change of policy touches, way by way, decided class by class (ENF-13). */
export function comparePolicies(
  before: JudgedTenant,
  after: JudgedTenant,
  { classes, at }: Census,
): readonly PolicyDifference[] {
  return accessMethods.flatMap((method) =>
    policyEffects.flatMap((effect) => {
      const touched = classes.filter((each) => effectOn(before, after, each, method, at) === effect);
      if (touched.length === 0) return [];
      const members = touched.reduce((sum, each) => sum + each.members, 0);
      return [{ method, effect, members, classes: touched.map(({ key }) => key) }];
    }),
  );
}

function effectOn(
  before: JudgedTenant,
  after: JudgedTenant,
  each: MemberClass,
  method: AccessMethod,
  at: Date,
): PolicyEffect | undefined {
  const [one, other] = [decideClass(before, each, method, at), decideClass(after, each, method, at)];
  if (one.allowed !== other.allowed) return other.allowed ? 'gains' : 'loses';
  if (!one.allowed || !other.allowed) return undefined;
  return one.secondFactor !== 'required' && other.secondFactor === 'required' ? 'second-factor' : undefined;
}
