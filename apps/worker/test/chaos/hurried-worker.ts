import { taskRules } from '@gatehouse/core';
import { pino } from 'pino';
import { readProcessConfig } from '../../src/config';
import { schedules } from '../../src/schedules';
import { Work } from '../../src/work';

const [leaseMs = 0, lockMs = 0] = process.argv.slice(2).map(Number);

const rules = {
  ...taskRules,
  'send-mail': { ...taskRules['send-mail'], leaseMs },
  'ask-members-to-link': { ...taskRules['ask-members-to-link'], leaseMs: 2 * leaseMs },
};
const often = schedules.map((each) => ({ ...each, everyMs: Math.min(each.everyMs, 1_000) }));

/** The worker as it is, but nothing takes it minutes: leases, locks and schedules count in seconds. */
Work.start(readProcessConfig(), pino({ level: 'info' }), { rules, schedules: often, lockMs }).catch(
  (cause: unknown) => {
    process.stderr.write(`${String(cause)}\n`);
    process.exit(1);
  },
);

// Stands still as it would in a long calculation: no lock is renewed and nothing is heard, but its connections stay open.
process.on('SIGUSR2', () => {
  for (const end = Date.now() + 1.7 * lockMs; Date.now() < end;);
});
