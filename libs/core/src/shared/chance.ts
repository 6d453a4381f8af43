import { randomBytes } from 'node:crypto';

/** Unpredictable octets, passed in so that tests can repeat themselves. */
export abstract class Chance {
  abstract bytes(count: number): Uint8Array;
}

/** The operating system's generator, fit for keys and tokens. */
export class SystemChance extends Chance {
  bytes(count: number): Uint8Array {
    return randomBytes(count);
  }
}
