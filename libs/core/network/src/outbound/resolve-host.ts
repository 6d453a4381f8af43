import type { LookupAddress } from 'node:dns';
import { lookup, Resolver } from 'node:dns/promises';
import { errorCode } from '../error-code';
import type { HostResolver } from './checked-lookup';

const patience = { timeout: 2_000, tries: 2 };
const notThere = new Set(['ENOTFOUND', 'ENODATA']);
// RFC 6761 6.3: never asked of a name server.
const thisMachine = /^(?:.*\.)?localhost\.?$/i;

/**
 * As any program of this machine finds it, its hosts file included: for hosts that the operator has named. Until the name
 * server has answered it occupies one of four threads of the process, for which the hashing of passwords waits as well.
 */
export const bySystem: HostResolver = (hostname) => lookup(hostname, { all: true });

/** For hosts that anybody may have named, whose name server may never answer: occupies nothing while it waits. */
export function byDns(servers: readonly string[] = []): HostResolver {
  return async (hostname) => {
    if (thisMachine.test(hostname)) return bySystem(hostname);
    const resolver = new Resolver(patience);
    if (servers.length > 0) resolver.setServers(servers);
    const [v4, v6] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
    const found = [...addressesIn(v4, 4), ...addressesIn(v6, 6)];
    if (found.length === 0) refuseSilence([v4, v6]);
    return found;
  };
}

type Answer = PromiseSettledResult<string[]>;

function addressesIn(answer: Answer, family: 4 | 6): readonly LookupAddress[] {
  return answer.status === 'fulfilled' ? answer.value.map((address) => ({ address, family })) : [];
}

class NoAnswer extends Error {
  readonly code = 'EAI_AGAIN';
}

/** That the name is not there is an answer. */
function refuseSilence(answers: readonly Answer[]): void {
  const isSilent = (answer: Answer) =>
    answer.status === 'rejected' && !notThere.has(errorCode(answer.reason));
  if (answers.some(isSilent)) throw new NoAnswer('No name server could say what the address of the host is.');
}
