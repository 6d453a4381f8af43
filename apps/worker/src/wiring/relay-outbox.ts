import {
  PostgresConnectionStore,
  PostgresLogoutNotices,
  PostgresOutbox,
  PostgresWaitingPeople,
} from '@gatehouse/core-postgres';
import { announceEvent } from '../jobs/announce-event';
import { askAfterEvent } from '../jobs/ask-after-event';
import { RelayOutbox } from '../jobs/relay-outbox.job';
import { settleAfterEvent } from '../jobs/settle-after-event';
import type { Parts } from './parts';

/** Whoever wants to know of an event is named here. */
export function relayOutbox({ database, tasks, clock, chance, keyRing, log }: Parts): () => Promise<void> {
  const tellApplications = announceEvent(log, new PostgresLogoutNotices(database), clock);
  const askMembers = askAfterEvent(tasks, new PostgresConnectionStore(database, chance), clock);
  const settlePeople = settleAfterEvent(tasks, new PostgresWaitingPeople(database, keyRing, chance), clock);
  const relay = new RelayOutbox(new PostgresOutbox(database), clock, async (event) => {
    await askMembers(event);
    await settlePeople(event);
    await tellApplications(event);
  });
  return () => relay.run();
}
