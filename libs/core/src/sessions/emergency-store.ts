import type { Happening } from '../audit/happening';
import type { BreakGlassUsedMessage } from '../mail/mail-message';
import type { TenantId } from '../shared/ids';
import type { Session } from './session';
import type { WaitingFlow } from './session-store';

/** What goes with a session that was opened past single sign-on. */
export interface Alarm {
  readonly because: readonly Happening[];
  /** What every owner is written, the one who signed in included. */
  readonly letter: BreakGlassUsedMessage;
  /** Whether password and second factor were proven, so that the way in is known to work (ENF-12). */
  readonly proves: boolean;
}

/** Sessions by the way in for emergencies (ENF-11). */
export abstract class EmergencyStore {
  /** Opens the session, tells the owners and records the proof, with the flow that waits, in one transaction. */
  abstract open(tenantId: TenantId, session: Session, alarm: Alarm, waiting?: WaitingFlow): Promise<void>;
}
