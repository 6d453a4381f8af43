import { setTimeout as delay } from 'node:timers/promises';

/** What `work` gives, or nothing where it fails or is not done by then. */
export async function inTime<T>(work: Promise<T>, deadlineMs: number): Promise<T | undefined> {
  const deadline = new AbortController();
  const late = delay(deadlineMs, undefined, { signal: deadline.signal }).catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } catch {
    return undefined;
  } finally {
    deadline.abort();
  }
}
