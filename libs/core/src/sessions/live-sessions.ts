import type { Clock } from '../shared/clock';
import { sessionId } from '../shared/ids';
import { sessionStands } from './session-stands';
import type { SessionStore, SessionView } from './session-store';

/** Looks sessions up for whoever uses one: the policy is asked again each time, so that its change is felt at once. */
export class LiveSessions {
  constructor(
    private readonly store: SessionStore,
    private readonly clock: Clock,
  ) {}

  /** Nothing for what is no session's ID, and for a session that has ended, expired or would be refused now. */
  async find(id: string): Promise<SessionView | undefined> {
    if (!sessionId.is(id)) return undefined;
    const now = this.clock.now();
    const view = await this.store.findLiveAnywhere(id, now);
    return view && sessionStands(view, now) ? view : undefined;
  }
}
