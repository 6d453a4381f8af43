import {
  generateRegistrationOptions,
  verifyRegistrationResponse,
  type PublicKeyCredentialCreationOptionsJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import type { User } from '../members/member';
import type { Chance } from '../shared/chance';
import { clipText } from '../shared/clip';
import type { Clock } from '../shared/clock';
import { SsoError } from '../shared/sso-error';
import { describeChange, type Changing } from './credential-change';
import { requireFullProof, type ProvenSession } from './fresh-proof';
import { describeKnown, type Passkey, type PasskeyStore } from './passkey';
import type { PasskeyChallenges, RelyingParty } from './passkey-challenges';
import { parseRegistration } from './passkey-response';
import type { SecondFactors } from './second-factors';

const mostPasskeys = 20;
const longestLabel = 60;

/** EdDSA, ES256 and RS256, as COSE numbers them. */
const algorithms = [-8, -7, -257];

/** What passkeys read and write, by name. */
export interface PasskeyPorts {
  readonly store: PasskeyStore;
  readonly challenges: PasskeyChallenges;
  readonly factors: SecondFactors;
  readonly clock: Clock;
  readonly chance: Chance;
}

/** Keys that a person's authenticators hold (Web Authentication 7.1): added, listed and removed by who is signed in. */
export class Passkeys {
  constructor(
    private readonly ports: PasskeyPorts,
    private readonly party: RelyingParty,
  ) {}

  list(user: User): Promise<readonly Passkey[]> {
    return this.ports.store.listAnywhere(user.id);
  }

  /** For `navigator.credentials.create`. Throws `proof_stale`, or `conflict` where there are too many. */
  async beginRegistration(
    user: User,
    session: ProvenSession,
  ): Promise<PublicKeyCredentialCreationOptionsJSON> {
    await this.requireProof(user, session);
    const known = await this.list(user);
    if (known.length >= mostPasskeys)
      throw new SsoError('conflict', 'There are many passkeys already. Remove one that you do not use.', {
        want: `fewer than ${mostPasskeys} passkeys`,
      });
    return generateRegistrationOptions({
      rpName: this.party.name,
      rpID: this.party.id,
      userID: Uint8Array.from(Buffer.from(user.id)),
      userName: user.email,
      userDisplayName: user.name ?? user.email,
      challenge: await this.ports.challenges.ask({ purpose: 'registration', askedOf: user.id }),
      excludeCredentials: known.map(describeKnown),
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
      supportedAlgorithmIDs: algorithms,
    });
  }

  /** Throws `proof_stale` or `passkey_invalid`. */
  async finishRegistration(
    user: User,
    session: ProvenSession,
    made: { readonly response: unknown; readonly label: string },
    changing: Changing,
  ): Promise<Passkey> {
    await this.requireProof(user, session);
    const now = this.ports.clock.now();
    const passkey = await this.verifyRegistration(user, made, now);
    const message = { kind: 'second-factor-changed', change: 'passkey-added' } as const;
    const type = 'credential.passkey_added';
    const change = describeChange(user, type, message, changing, now, this.ports.chance);
    const outcome = passkey && (await this.ports.store.addAnywhere(passkey, change));
    if (passkey && outcome === 'added') return passkey;
    throw new SsoError('passkey_invalid', 'This passkey could not be added. Try again, or use another one.', {
      want: 'the answer of an authenticator to the question of this page, once',
      ...(outcome && { got: 'a passkey that is known already' }),
    });
  }

  /** Throws `proof_stale` or `not_found`. Recovery codes go with the last factor that they stand in for. */
  async remove(user: User, session: ProvenSession, id: string, changing: Changing): Promise<void> {
    await this.requireProof(user, session);
    const { store, clock, chance } = this.ports;
    const message = { kind: 'second-factor-changed', change: 'passkey-removed' } as const;
    const type = 'credential.passkey_removed';
    const change = describeChange(user, type, message, changing, clock.now(), chance);
    if ((await store.removeAnywhere(user.id, id, change)) === 'removed') return;
    throw new SsoError('not_found', 'There is no such passkey.', { got: id.slice(0, 80) });
  }

  private async verifyRegistration(
    user: User,
    { response: answer, label }: { readonly response: unknown; readonly label: string },
    now: Date,
  ): Promise<Passkey | undefined> {
    const response = parseRegistration(answer);
    const info = response && (await this.registrationOf(response, user));
    if (!info) return undefined;
    const { id, publicKey, counter } = info.credential;
    const name = clipText(label.trim(), longestLabel);
    return {
      ...{ id, userId: user.id, counter, label: name === '' ? 'Passkey' : name, createdAt: now },
      publicKey: Buffer.from(publicKey).toString('base64url'),
      transports: response?.response.transports ?? [],
      backedUp: info.credentialBackedUp,
    };
  }

  private async registrationOf(response: RegistrationResponseJSON, user: User) {
    try {
      const { registrationInfo } = await verifyRegistrationResponse({
        response,
        expectedChallenge: this.ports.challenges.taking({ purpose: 'registration', askedOf: user.id }),
        expectedOrigin: this.party.origin,
        expectedRPID: this.party.id,
        requireUserVerification: false,
        supportedAlgorithmIDs: algorithms,
      });
      return registrationInfo;
    } catch {
      return undefined;
    }
  }

  private async requireProof({ id }: User, session: ProvenSession): Promise<void> {
    const { factors, clock } = this.ports;
    requireFullProof(id, session, await factors.enrolled(id), clock.now());
  }
}
