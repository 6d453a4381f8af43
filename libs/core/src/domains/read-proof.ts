import type { TxtAnswer } from '../shared/dns-resolver';
import { SsoError } from '../shared/sso-error';
import type { DomainCheck, DomainProof } from './domain';

/** What one look at DNS showed, and the refusal it leads to; no refusal when the proof stands. */
export interface ProofReading {
  readonly outcome: DomainCheck['outcome'];
  readonly found: readonly string[];
  readonly refusal?: SsoError;
}

/** The record may stand at the challenge name or at the domain itself (DOM-1). */
export function readProof(proof: DomainProof, atChallenge: TxtAnswer, atDomain: TxtAnswer): ProofReading {
  const there = values(atChallenge);
  if (there.includes(proof.value) || values(atDomain).includes(proof.value))
    return { outcome: 'found', found: [proof.value] };
  if (atChallenge.kind === 'failed') return unavailable(proof, atChallenge.reason);
  if (there.length > 0) return different(proof, there);
  const near = values(atDomain).filter((value) => value.startsWith('gatehouse-verify='));
  if (near.length > 0) return { ...different(proof, near), outcome: 'elsewhere' };
  return absent(proof, atChallenge);
}

function values(answer: TxtAnswer): readonly string[] {
  return answer.kind === 'records' ? answer.values.map((value) => value.trim()) : [];
}

function unavailable(proof: DomainProof, reason: string): ProofReading {
  const message = `Our DNS resolver got no answer for ${proof.name}. This is not your mistake: try again in 5 minutes.`;
  return { outcome: 'unavailable', found: [], refusal: new SsoError('dns_unavailable', message, { reason }) };
}

function different(proof: DomainProof, got: readonly string[]): ProofReading {
  const message =
    'A TXT record was found, but not with this value. Correct the record, wait 5 minutes for DNS and check again.';
  return {
    outcome: 'different',
    found: got,
    refusal: new SsoError('domain_proof_different', message, {
      lookedUp: proof.name,
      want: proof.value,
      got,
    }),
  };
}

function absent(proof: DomainProof, answer: TxtAnswer): ProofReading {
  const details = { lookedUp: proof.name, want: proof.value, got: [] };
  const advice = 'Create the TXT record, wait 5 minutes for DNS and check again.';
  const refusal =
    answer.kind === 'absent'
      ? new SsoError('dns_name_absent', `There is no DNS name ${proof.name}. ${advice}`, details)
      : new SsoError('domain_proof_missing', `${proof.name} has no TXT record. ${advice}`, details);
  return { outcome: 'absent', found: [], refusal };
}
