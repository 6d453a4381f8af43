import type { Session } from '@gatehouse/core';
import type { Way } from './oracle';

/** A session that was opened, and what is known of it without asking. */
export interface Opened {
  readonly session: Session;
  readonly place: number;
  readonly who: number;
  readonly way: Way;
  readonly expiresAt: number;
}

/** Sessions that are looked up after each change: the newest ones, and others by turns. */
const [newest, others] = [2, 4];

/** Every session of a run, the dead ones too: no later change may bring one back. */
export class OpenedSessions {
  private readonly list: Opened[] = [];

  add(opened: Opened): void {
    this.list.push(opened);
  }

  turn(number: number): ReadonlySet<Opened> {
    const from = this.list.length === 0 ? 0 : number % this.list.length;
    const rotated = [...this.list.slice(from), ...this.list.slice(0, from)];
    return new Set([...this.list.slice(-newest), ...rotated.slice(0, others)]);
  }

  /** What ends a session for good: it must be dead now. */
  forget(which: (each: Opened) => boolean): void {
    for (const [index, each] of this.list.entries())
      if (which(each)) this.list[index] = { ...each, expiresAt: 0 };
  }
}
