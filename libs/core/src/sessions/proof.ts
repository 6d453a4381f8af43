import type { SecondFactor } from '../credentials/second-factors';
import type { AccessMethod } from '../enforcement/decide-access';
import type { ConnectionId } from '../shared/ids';
import type { NameId } from './name-id';
import type { Session, SignInMethod } from './session';

interface Proven {
  readonly authenticatedAt: Date;
  readonly userAgent?: string | undefined;
}

/** Proof by a connection's identity provider. */
export interface SsoProof extends Proven {
  readonly via: 'saml';
  readonly connectionId: ConnectionId;
  readonly sessionIndex?: string | undefined;
  readonly nameId?: NameId | undefined;
  readonly notOnOrAfter?: Date | undefined;
  readonly groups: readonly string[];
  readonly attributes?: Session['attributes'] | undefined;
  /** Nobody here asked for this sign-in: it began at the identity provider. */
  readonly idpInitiated?: boolean;
}

/** Proof by what we keep ourselves. A passkey whose holder was verified is two factors by itself. */
export interface LocalProof extends Proven {
  readonly via: 'password' | 'passkey';
  readonly secondFactor?: SecondFactor | undefined;
}

export type Proof = SsoProof | LocalProof;

/** Whether this shows that the way in for emergencies works: a password, with a second factor or recovery code (ENF-12). */
export function provesWayIn({ via, secondFactor }: Pick<LocalProof, 'via' | 'secondFactor'>): boolean {
  return via === 'password' && secondFactor !== undefined;
}

export function methodOf(via: SignInMethod): AccessMethod {
  return via === 'saml' ? 'sso' : via;
}

/** Whether more than a password was proven. */
export function isSecondFactorProven({
  via,
  secondFactor,
}: {
  readonly via: SignInMethod;
  readonly secondFactor?: SecondFactor | undefined;
}): boolean {
  return via !== 'password' || secondFactor !== undefined;
}
