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

/** What is told of a session that was opened past single sign-on, and to whom (ENF-11). */
export function alarmOf(
  { name: organisation }: Tenant,
  { user }: Person,
  session: Session,
  succeeded: Happening,
): Alarm {
  const { via, secondFactor, createdAt: at, address, id: sessionId } = session;
  const data = { via, ...(secondFactor === undefined ? {} : { secondFactor }), sessionId };
  const used: Happening = { ...succeeded, type: 'break_glass.used', data };
  const from = address === undefined ? {} : { address };
  return {
    because: [succeeded, used],
    letter: { kind: 'break-glass-used', organisation, person: user.email, at, ...from },
    proves: via !== 'saml' && provesWayIn({ via, secondFactor }),
  };
}
