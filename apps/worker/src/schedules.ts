import type { Schedule } from '@gatehouse/core';

/** What recurs, and how often. A schedule that is taken out here is taken out of the queue at the next start. */
export const schedules: readonly Schedule[] = [
  { job: 'relay-outbox', everyMs: 1_000 },
  { job: 'relay-tasks', everyMs: 1_000 },
  { job: 'tell-applications', everyMs: 1_000 },
  { job: 'end-refused-sessions', everyMs: 30_000 },
  { job: 'check-domains', everyMs: 10_000 },
  { job: 'check-certificates', everyMs: 5 * 60_000 },
  { job: 'tell-of-ending-tokens', everyMs: 60 * 60_000 },
  { job: 'queue-metadata-refreshes', everyMs: 60_000 },
  { job: 'sweep-expired', everyMs: 10 * 60_000 },
];
