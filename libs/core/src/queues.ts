import type { JobName } from './jobs';
import type { TaskKind } from './tasks/task';

/** Each has workers of its own, so that none waits for another: a code by mail does not wait for 100,000 domains. */
export const queueNames = [
  'mail',
  'domains',
  'certificates',
  'metadata',
  'clean-up',
  'relay',
  'sessions',
] as const;

export type QueueName = (typeof queueNames)[number];

/** The one table that says which queue a job or a kind of task belongs to. */
export const queueOf: {
  readonly jobs: Readonly<Record<JobName, QueueName>>;
  readonly tasks: Readonly<Record<TaskKind, QueueName>>;
} = {
  jobs: {
    'relay-outbox': 'relay',
    'relay-tasks': 'relay',
    'tell-applications': 'sessions',
    'end-refused-sessions': 'sessions',
    'check-domains': 'domains',
    'check-certificates': 'certificates',
    'tell-of-ending-tokens': 'certificates',
    'queue-metadata-refreshes': 'metadata',
    'sweep-expired': 'clean-up',
  },
  tasks: {
    'send-mail': 'mail',
    'ask-members-to-link': 'mail',
    'refresh-metadata': 'metadata',
    'settle-people': 'domains',
  },
};
