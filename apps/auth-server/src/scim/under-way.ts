import { SsoError, type DirectoryId } from '@gatehouse/core';

/** More than any known client has, and little enough for the others: a request may be a thousand writes. */
export const mostUnderWay = 50;

/** How much of each directory is done at once, whether its client waits for the answer or has hung up. */
export class UnderWay {
  private readonly counts = new Map<DirectoryId, number>();

  /** Throws `rate_limited`. */
  async run<T>(directory: DirectoryId, work: () => Promise<T>): Promise<T> {
    const count = this.counts.get(directory) ?? 0;
    if (count >= mostUnderWay) throw tooMany();
    this.counts.set(directory, count + 1);
    try {
      return await work();
    } finally {
      const left = (this.counts.get(directory) ?? 1) - 1;
      if (left === 0) this.counts.delete(directory);
      else this.counts.set(directory, left);
    }
  }
}

function tooMany(): SsoError {
  return new SsoError('rate_limited', 'This directory asks for too much at once. Wait for answers first.', {
    want: `at most ${mostUnderWay} requests at once`,
    seconds: 1,
  });
}
