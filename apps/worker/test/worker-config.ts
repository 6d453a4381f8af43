import { plainLetterhead } from '@gatehouse/core';
import type { Config } from '../src/config';

/** The settings of a worker on a database of its own. */
export function workerConfig(databaseUrl: string, changes: Partial<Config> = {}): Config {
  return {
    databaseUrl,
    publicUrl: 'http://localhost:3000',
    secretKeys: [{ name: 'k1', key: new Uint8Array(32).fill(7) }],
    allowedPrivateHosts: [],
    dnsServers: [],
    letterhead: plainLetterhead,
    logLevel: 'silent',
    ...changes,
  };
}
