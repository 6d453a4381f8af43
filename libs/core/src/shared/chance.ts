import { randomBytes } from 'node:crypto';

/** Unpredictable octets, passed in so that tests can repeat themselves. */
export abstract class Chance {
  abstract bytes(count: number): Uint8Array;
}

/** Asking the operating system costs much the same for a token as for a hundred of them. */
const drawn = 4096;

/** The operating system's generator, fit for keys and tokens. */
export class SystemChance extends Chance {
  private ready = Buffer.alloc(0);

  bytes(count: number): Uint8Array {
    if (count > drawn) return randomBytes(count);
    if (this.ready.length < count) this.ready = randomBytes(drawn);
    const taken = Buffer.from(this.ready.subarray(0, count));
    // What was given away is not kept, and never given twice.
    this.ready.fill(0, 0, count);
    this.ready = this.ready.subarray(count);
    return taken;
  }
}

/** A number from 0 up to 1, to spread things in time. */
export function chanceBetweenZeroAndOne(chance: Chance): number {
  return Buffer.from(chance.bytes(4)).readUInt32BE(0) / 2 ** 32;
}
