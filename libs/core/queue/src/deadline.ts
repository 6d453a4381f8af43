/** Waits no longer than this: a queue that never gets ready is a fault to report, not to wait for. */
export async function withinDeadline<T>(work: Promise<T>, milliseconds: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${milliseconds} ms.`)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What went wrong, also where the error that arrives says little of it itself. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Several addresses of one host that all refuse make an error without a message.
  if (error instanceof AggregateError && error.message === '')
    return error.errors.map((each) => messageOf(each)).join(', ');
  // A Redis Cluster of which no node answers.
  if ('lastNodeError' in error && error.lastNodeError !== undefined) return messageOf(error.lastNodeError);
  return error.message === '' ? error.name : error.message;
}
