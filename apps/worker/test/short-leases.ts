import { taskRules } from '@gatehouse/core';
import { pino } from 'pino';
import { readProcessConfig } from '../src/config';
import { Work } from '../src/work';

const leaseMs = Number(process.argv[2]);
const rules = { ...taskRules, 'send-mail': { ...taskRules['send-mail'], leaseMs } };

/** A worker whose letters fall due again soon after it died. */
Work.start(readProcessConfig(), pino({ level: 'info' }), { rules }).catch((cause: unknown) => {
  process.stderr.write(String(cause));
  process.exit(1);
});
