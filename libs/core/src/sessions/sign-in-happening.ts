import type { Actor, Happening } from '../audit/happening';
import type { AccessRule } from '../enforcement/decide-access';
import type { Person } from '../members/member';
import type { Tenant } from '../tenants/tenant';
import type { Alarm } from './emergency-store';
import { provesWayIn, type Proof } from './proof';
import type { Session } from './session';

/** By which rule a session was opened, and by which one it would not have been, were single sign-on required (ENF-10). */
export interface Judgement {
  readonly rule: AccessRule;
  readonly wouldBeRefused?: AccessRule | undefined;
}

export function signInSucceeded(
  session: Session,
  proof: Proof,
  { rule, wouldBeRefused }: Judgement,
  actor: Actor,
): Happening {
  const { via, connectionId, secondFactor, breakGlass } = session;
  const begun = proof.via === 'saml' && proof.idpInitiated === true ? { idpInitiated: true } : {};
  const by = {
    ...(connectionId === undefined ? {} : { connectionId }),
    ...(secondFactor === undefined ? {} : { secondFactor }),
    ...(breakGlass ? { breakGlass } : {}),
  };
  const refusedBy = wouldBeRefused === undefined ? {} : { wouldBeRefused };
  return {
    type: 'sign_in.succeeded',
    tenantId: session.tenantId,
    at: session.createdAt,
    actor,
    subject: session.memberId,
    data: { via, ...by, rule, ...refusedBy, sessionId: session.id, ...begun },
  };
}

/** Whoever has stolen a password of somebody without a second factor sets one up on the way. */
const freshFactorMs = 24 * 60 * 60 * 1000;

/**
 * What is told of a session that was opened past single sign-on, and to whom (ENF-11). `factorSetUpAt`: the newest second
 * factor of the person, which is told where it is so new that it may not be theirs.
 */
export function alarmOf(
  { name: organisation }: Tenant,
  { user }: Person,
  session: Session,
  succeeded: Happening,
  factorSetUpAt: Date | undefined,
): Alarm {
  const { via, secondFactor, createdAt: at, address, id: sessionId } = session;
  const isFresh = factorSetUpAt && at.getTime() - factorSetUpAt.getTime() < freshFactorMs;
  const fresh = isFresh ? { factorSetUpAt } : {};
  const data = { via, ...(secondFactor === undefined ? {} : { secondFactor }), sessionId, ...fresh };
  const used: Happening = { ...succeeded, type: 'break_glass.used', data };
  const from = address === undefined ? {} : { address };
  return {
    because: [succeeded, used],
    letter: { kind: 'break-glass-used', organisation, person: user.email, at, ...from, ...fresh },
    proves: via !== 'saml' && provesWayIn({ via, secondFactor }),
  };
}
