import type { TxtAnswer } from '../shared/dns-resolver';
import { readProof } from './read-proof';

const proof = {
  type: 'TXT',
  name: '_gatehouse-challenge.acme.example',
  value: 'gatehouse-verify=abc',
} as const;
const absent: TxtAnswer = { kind: 'absent' };
const empty: TxtAnswer = { kind: 'empty' };
const records = (...values: string[]): TxtAnswer => ({ kind: 'records', values });

describe('readProof', () => {
  it.each([
    ['at the challenge name', records('gatehouse-verify=abc'), absent],
    ['among other records of the domain', absent, records('v=spf1 -all', 'gatehouse-verify=abc')],
    ['with a blank around it', records(' gatehouse-verify=abc '), absent],
  ])('finds the value %s [DOM-1]', (_, atChallenge, atDomain) => {
    const reading = readProof(proof, atChallenge, atDomain);
    expect(reading.outcome).toBe('found');
    expect(reading.refusal).toBeUndefined();
  });

  it.each([
    ['no such name', absent, absent, 'absent', 'dns_name_absent'],
    ['a name without TXT', empty, empty, 'absent', 'domain_proof_missing'],
    ['another value', records('gatehouse-verify=old'), absent, 'different', 'domain_proof_different'],
    ['several values', records('a', 'b'), absent, 'different', 'domain_proof_different'],
    [
      'an old value at the domain',
      absent,
      records('gatehouse-verify=old'),
      'elsewhere',
      'domain_proof_different',
    ],
    ['a resolver fault', { kind: 'failed', reason: 'timeout' }, absent, 'unavailable', 'dns_unavailable'],
  ] satisfies [string, TxtAnswer, TxtAnswer, string, string][])(
    'tells %s by its code, what was looked up and what to do [DOM-7]',
    (_, atChallenge, atDomain, outcome, code) => {
      const reading = readProof(proof, atChallenge, atDomain);
      expect(reading.outcome).toBe(outcome);
      expect(reading.refusal).toMatchObject({ code });
      expect(reading.refusal?.message).toMatch(/5 minutes/);
    },
  );

  it('shows the value that is wanted and those that stand there [DOM-7]', () => {
    const { refusal } = readProof(proof, records('one', 'two'), absent);
    expect(refusal?.details).toMatchObject({ lookedUp: proof.name, want: proof.value, got: ['one', 'two'] });
  });

  it('is not fooled by a value that only begins or ends alike [DOM-1]', () => {
    expect(readProof(proof, records('gatehouse-verify=abcd', 'xgatehouse-verify=abc'), absent).outcome).toBe(
      'different',
    );
  });
});
