import type { BackendFactory, IQueueBackend } from 'bullmq';

/** Where the jobs are kept, as one process sees it. */
export interface JobStore {
  /** What queues and workers do their work with. */
  readonly backend: BackendFactory<IQueueBackend, object>;
  /** After everything that uses it has ended. */
  close(): Promise<void>;
}

/** What queues and workers pass as their connection: BullMQ insists on one, the store has the real one. */
export const chosenByStore = {};
