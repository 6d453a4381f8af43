import { decideAccess } from '../enforcement/decide-access';
import { isSecondFactorProven, methodOf } from './proof';
import type { SessionView } from './session-store';

/** Whether a session that was opened once may go on under what holds now: policy, member and tenant. */
export function sessionStands(
  { session, tenant, member }: Pick<SessionView, 'session' | 'tenant' | 'member'>,
  now: Date,
): boolean {
  const decision = decideAccess({ tenant, member, method: methodOf(session.via), now });
  // A password alone does not become enough by being older than the policy that asks for more.
  return decision.allowed && (decision.secondFactor !== 'required' || isSecondFactorProven(session));
}
