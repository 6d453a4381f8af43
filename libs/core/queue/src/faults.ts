import { messageOf } from './deadline';

const quietMs = 10_000;

/**
 * Tells of a lost connection once in ten seconds for each way in which it shows: a dozen connections try again several times
 * a second, and would fill the log with one and the same.
 */
export function reportSeldom(
  report: (error: Error) => void,
  now: () => number = Date.now,
): (error: Error) => void {
  const told = new Map<string, number>();
  return (error) => {
    const text = messageOf(error);
    if (now() - (told.get(text) ?? -Infinity) < quietMs) return;
    if (told.size > 100) told.clear();
    told.set(text, now());
    report(error.message === '' ? new Error(text, { cause: error }) : error);
  };
}
