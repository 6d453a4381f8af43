import { types } from 'node:util';

/** The code that Node and undici put on their errors (`ECONNREFUSED`); empty where there is none. */
export function errorCode(error: unknown): string {
  // Not `instanceof`: an error of another realm (a test's context, a worker) is an error too.
  return types.isNativeError(error) && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
