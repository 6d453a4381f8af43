import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { privateAddressRefusal } from './fetch-target';

/** Finds every address of a host name. */
export type HostResolver = (hostname: string) => Promise<readonly LookupAddress[]>;

class NoAddress extends Error {
  readonly code = 'ENOTFOUND';
}

async function permitted(hostname: string, resolve: HostResolver, permits: (address: string) => boolean) {
  const addresses = await resolve(hostname);
  // One private address among public ones is enough to refuse: the connection could fall back to it.
  if (!addresses.every(({ address }) => permits(address))) throw privateAddressRefusal(hostname);
  return addresses;
}

/**
 * A `lookup` for the socket itself: what is checked is what is connected to,
 * so an answer that changes between check and use (DNS rebinding) gains nothing.
 */
export function checkedLookup(resolve: HostResolver, permits: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    permitted(hostname, resolve, permits).then(
      (addresses) => {
        const [first] = addresses;
        if (first === undefined) callback(new NoAddress(`${hostname} has no address.`), '');
        else if (options.all) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (error: Error) => callback(error, ''),
    );
  };
}
