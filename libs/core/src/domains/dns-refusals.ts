import type { DnsFailure, TxtAnswer } from '../shared/dns-resolver';
import type { ErrorCode } from '../shared/error-codes';
import { SsoError } from '../shared/sso-error';
import type { ProofReading, RecordInstructions } from './domain-proof';

const wait = 'wait 5 minutes for DNS and check again.';

interface Refused {
  readonly outcome: 'absent' | 'different' | 'elsewhere';
  readonly code: ErrorCode;
  readonly message: string;
  readonly found?: readonly string[];
  readonly more?: Readonly<Record<string, unknown>>;
}

function refused(
  { by, name, value }: RecordInstructions,
  { outcome, code, message, found = [], more }: Refused,
): ProofReading {
  const details = { by, lookedUp: name, want: value, got: found, ...more };
  return { outcome, found, refusal: new SsoError(code, message, details) };
}

// A validating resolver reports broken DNSSEC as a server failure; which of the two it was, Node does not pass on.
const reasons: Readonly<Record<DnsFailure, string>> = {
  timeout: 'gave no answer in time',
  'server-failure': 'reported a failure: the name servers of the domain are away, or its DNSSEC is not valid',
  refused: 'refused to answer',
  unreachable: 'could not be reached',
  malformed: 'gave an answer that cannot be read',
};

/** Nobody could be asked, or nobody answered: no fault of who owns the name, and nothing is known of the record. */
export function unavailable(name: string, reason: DnsFailure): ProofReading {
  const message = `The DNS resolver that we asked for ${name} ${reasons[reason]}. This says nothing of your record, and is not your mistake: try again in 5 minutes.`;
  const details = { by: 'dns-txt', lookedUp: name, reason };
  return { outcome: 'unavailable', found: [], refusal: new SsoError('dns_unavailable', message, details) };
}

/** RFC 1034 3.6.2: where a CNAME stands, no other record can; one by a wildcard gives way to any record at the name. */
export function inTheWay(
  record: RecordInstructions,
  canonicalName: string,
  found: readonly string[],
): ProofReading {
  const message = `A CNAME is in the way: ${record.name} leads to ${canonicalName}. Create the TXT record at that name in place of the CNAME, ${wait}`;
  const more = { canonicalName };
  return refused(record, { outcome: 'different', code: 'domain_proof_alias', message, found, more });
}

/** Another value, or several of which none is the one. */
export function different(record: RecordInstructions, found: readonly string[]): ProofReading {
  const { value } = record;
  if (found.length > 1) {
    const message = `${found.length} TXT records were found, none of them with the value "${value}". Add one that has it, ${wait}`;
    return refused(record, { outcome: 'different', code: 'domain_proof_several', message, found });
  }
  const message = `A TXT record was found, but with the value "${found.join()}" and not "${value}". Correct the record, ${wait}`;
  return refused(record, { outcome: 'different', code: 'domain_proof_different', message, found });
}

/** It stands, but not where it is looked for; `why` says what is likely. */
export function elsewhere(
  record: RecordInstructions,
  foundAt: string,
  found: readonly string[],
  why: string,
): ProofReading {
  const message = `A record was found at ${foundAt}, and none at ${record.name}. ${why} Create it there with the value "${record.value}", ${wait}`;
  const more = { foundAt };
  return refused(record, { outcome: 'elsewhere', code: 'domain_proof_elsewhere', message, found, more });
}

/** There is no such name, or it has no TXT record. */
export function absent(record: RecordInstructions, answer: TxtAnswer): ProofReading {
  const advice = `Create the TXT record, ${wait}`;
  if (answer.kind === 'absent') {
    const message = `There is no DNS name ${record.name}. ${advice}`;
    return refused(record, { outcome: 'absent', code: 'dns_name_absent', message });
  }
  const message = `${record.name} has no TXT record. ${advice}`;
  return refused(record, { outcome: 'absent', code: 'domain_proof_missing', message });
}
