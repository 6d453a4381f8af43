import { configurationFingerprint } from '../connections/connection';
import { administers } from '../members/member';
import type { SessionId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import type { SignInPolicy } from '../tenants/sign-in-policy';
import { breakGlassRoles } from './break-glass';
import type { PolicyFacts } from './enforcement-store';

/** What must be true at the moment in which single sign-on becomes required (ENF-2, ENF-12). */
export const guardConditions = [
  'entitled',
  'tested-connection',
  'signed-in-by-sso',
  'break-glass-proven',
] as const;
export type GuardCondition = (typeof guardConditions)[number];

export interface GuardCheck {
  readonly condition: GuardCondition;
  readonly met: boolean;
  /** What makes it true. */
  readonly todo: string;
}

const todos: Readonly<Record<GuardCondition, string>> = {
  entitled: 'Ask the service that you use to include single sign-on for this organisation.',
  'tested-connection':
    'Switch a connection on whose last passed test was of exactly the configuration that serves now.',
  'signed-in-by-sso':
    'Sign in to this organisation through one of its connections, as an owner or admin, and ask from that browser.',
  'break-glass-proven':
    'Let an owner pass the drill of the emergency access, with a password and a second factor or recovery code.',
};

/** Every condition with its state, for whoever would ask by this session; the operator's key has none. */
export async function checkGuard(
  facts: PolicyFacts,
  draft: Pick<SignInPolicy, 'breakGlass'>,
  session: SessionId | undefined,
  at: Date,
): Promise<readonly GuardCheck[]> {
  const connections = await facts.enabledConnections();
  const proven = await facts.countProven(breakGlassRoles(draft));
  const asking = session && (await facts.asking(session, at));
  const through = connections.find(({ id }) => id === asking?.connectionId);
  const met: Readonly<Record<GuardCondition, boolean>> = {
    entitled: facts.tenant.ssoEntitled,
    'tested-connection': connections.some(
      (each) => each.test?.fingerprint === configurationFingerprint(each),
    ),
    'signed-in-by-sso': asking !== undefined && administers(asking.role) && through !== undefined,
    'break-glass-proven': proven > 0,
  };
  return guardConditions.map((condition) => ({ condition, met: met[condition], todo: todos[condition] }));
}

/** Throws `required_not_ready`, which names everything that is missing. */
export function refuseUnready(checks: readonly GuardCheck[]): void {
  const unmet = checks.filter(({ met }) => !met);
  if (unmet.length === 0) return;
  const what = unmet.map(({ todo }) => todo).join(' ');
  throw new SsoError('required_not_ready', `Single sign-on cannot be required yet. ${what}`, {
    want: guardConditions,
    got: checks.filter(({ met }) => met).map(({ condition }) => condition),
    unmet: unmet.map(({ condition, todo }) => ({ condition, todo })),
  });
}
