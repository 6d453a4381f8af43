import type { DnsResolver, TxtAnswer } from '../shared/dns-resolver';
import { absent, different, elsewhere, inTheWay, unavailable } from './dns-refusals';
import type { DomainProof, ProofReading, RecordInstructions } from './domain-proof';

const prefix = 'gatehouse-verify=';

/** A TXT record at a name of its own, or at the domain itself (DOM-1). */
export function dnsTxtProof(dns: DnsResolver): DomainProof {
  return { kind: 'dns-txt', instructions: txtRecord, check: (...asked) => check(dns, ...asked) };
}

/** The record that proves a domain by this value. */
export function txtRecord(domain: string, token: string): RecordInstructions {
  return {
    by: 'dns-txt',
    type: 'TXT',
    name: `_gatehouse-challenge.${domain}`,
    value: `${prefix}${token}`,
  };
}

/** What was asked for, and what each name answered. */
interface Looks {
  readonly record: RecordInstructions;
  readonly atChallenge: TxtAnswer;
  readonly atDomain: TxtAnswer;
}

async function check(
  dns: DnsResolver,
  domain: string,
  tokens: readonly [string, ...string[]],
): Promise<ProofReading> {
  const record = txtRecord(domain, tokens[0]);
  const atChallenge = await dns.txt(record.name);
  const there = find(tokens, atChallenge);
  if (there) return there;
  const atDomain = await dns.txt(domain);
  return find(tokens, atDomain) ?? explain(dns, domain, tokens, { record, atChallenge, atDomain });
}

function find(tokens: readonly string[], answer: TxtAnswer): ProofReading | undefined {
  const there = new Set(values(answer));
  const token = tokens.find((each) => there.has(`${prefix}${each}`));
  return token === undefined ? undefined : { outcome: 'found', found: [`${prefix}${token}`], token };
}

function values(answer: TxtAnswer): readonly string[] {
  return answer.kind === 'records' ? answer.values.map((value) => value.trim()) : [];
}

// The record may stand at either name: as long as one of them has not answered, nothing is known to be missing.
async function explain(
  dns: DnsResolver,
  domain: string,
  tokens: readonly string[],
  { record, atChallenge, atDomain }: Looks,
): Promise<ProofReading> {
  if (atChallenge.kind === 'failed') return unavailable(record.name, atChallenge.reason);
  if (atDomain.kind === 'failed') return unavailable(domain, atDomain.reason);
  const there = values(atChallenge);
  const alias = await dns.canonicalName(record.name);
  if (alias !== undefined) return inTheWay(record, alias, there);
  if (there.length > 0) return different(record, there);
  return (await misplaced(dns, domain, tokens, record, values(atDomain))) ?? absent(record, atChallenge);
}

/** Near where it belongs: another value of ours at the domain, or a name to which a console appended the domain again. */
async function misplaced(
  dns: DnsResolver,
  domain: string,
  tokens: readonly string[],
  record: RecordInstructions,
  atDomain: readonly string[],
): Promise<ProofReading | undefined> {
  const near = atDomain.filter((value) => value.startsWith(prefix));
  if (near.length > 0) return elsewhere(record, domain, near, 'Its value is another one, too.');
  const twice = `${record.name}.${domain}`;
  // RFC 1035 2.3.4: no name is longer.
  if (twice.length > 253) return undefined;
  const doubled = find(tokens, await dns.txt(twice));
  return doubled && elsewhere(record, twice, doubled.found, 'Most consoles append the domain by themselves.');
}
