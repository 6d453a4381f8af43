import type { SsoError } from '../shared/sso-error';
import type { ProofKind, ProofOutcome } from './domain';

/** The DNS record to create. */
export interface RecordInstructions {
  readonly by: 'dns-txt';
  readonly type: 'TXT';
  readonly name: string;
  readonly value: string;
}

/** The tag to put into the head of either page. */
export interface TagInstructions {
  readonly by: 'meta-tag';
  readonly urls: readonly string[];
  readonly name: string;
  readonly value: string;
  /** Both of them, ready to be copied. */
  readonly html: string;
}

export type ProofInstructions = RecordInstructions | TagInstructions;

/** What one look showed: which value stood there, or why it proves nothing. */
export type ProofReading =
  | { readonly outcome: 'found'; readonly found: readonly string[]; readonly token: string }
  | {
      readonly outcome: Exclude<ProofOutcome, 'found'>;
      readonly found: readonly string[];
      readonly refusal: SsoError;
    };

/** One way to prove a domain. Another one is an object more in the list of `DomainProofs`. */
export interface DomainProof {
  readonly kind: ProofKind;
  /** What to publish. */
  instructions(domain: string, token: string): ProofInstructions;
  /** Looks for any of the values, the newest first; never throws for what the domain or the network does. */
  check(domain: string, tokens: readonly [string, ...string[]]): Promise<ProofReading>;
}

/** The ways to prove a domain that this deployment offers. */
export class DomainProofs {
  constructor(private readonly proofs: readonly DomainProof[]) {}

  of(kind: ProofKind): DomainProof {
    const proof = this.proofs.find((each) => each.kind === kind);
    if (proof) return proof;
    throw new Error(`No proof of the kind "${kind}" is plugged in.`);
  }

  instructions(domain: string, token: string): readonly ProofInstructions[] {
    return this.proofs.map((proof) => proof.instructions(domain, token));
  }
}
