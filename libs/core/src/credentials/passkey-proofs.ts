import {
  generateAuthenticationOptions,
  verifyAuthenticationResponse,
  type AuthenticationResponseJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import type { User } from '../members/member';
import type { Clock } from '../shared/clock';
import { describeKnown, type Passkey, type PasskeyStore } from './passkey';
import type { AskedOf, PasskeyChallenges, RelyingParty } from './passkey-challenges';
import { parseAssertion } from './passkey-response';

/** Signing in by passkeys (Web Authentication 7.2): a second factor, and both factors where its holder was verified. */
export class PasskeyProofs {
  constructor(
    private readonly store: PasskeyStore,
    private readonly challenges: PasskeyChallenges,
    private readonly clock: Clock,
    private readonly party: RelyingParty,
  ) {}

  /** For `navigator.credentials.get` where nobody has said who they are: the authenticator offers what it holds. */
  async signInOptions(browserKeyHash: string): Promise<PublicKeyCredentialRequestOptionsJSON> {
    const challenge = await this.challenges.ask({ purpose: 'sign-in', askedOf: browserKeyHash });
    return generateAuthenticationOptions({ rpID: this.party.id, challenge, userVerification: 'required' });
  }

  /** For `navigator.credentials.get` besides a password. */
  async factorOptions(user: User, browserKeyHash: string): Promise<PublicKeyCredentialRequestOptionsJSON> {
    const challenge = await this.challenges.ask({ purpose: 'second-factor', askedOf: browserKeyHash });
    const allowCredentials = (await this.store.listAnywhere(user.id)).map(describeKnown);
    const userVerification = 'discouraged';
    return generateAuthenticationOptions({
      rpID: this.party.id,
      challenge,
      allowCredentials,
      userVerification,
    });
  }

  /** Whose passkey answered, which has verified its holder: two factors in one. */
  prove(response: unknown, browserKeyHash: string): Promise<User | undefined> {
    return this.verify(response, { purpose: 'sign-in', askedOf: browserKeyHash });
  }

  /** Whether a passkey of this person answered. */
  async use(user: User, response: unknown, browserKeyHash: string): Promise<boolean> {
    const owner = await this.verify(response, { purpose: 'second-factor', askedOf: browserKeyHash }, user);
    return owner !== undefined;
  }

  private async verify(answer: unknown, asked: AskedOf, of?: User): Promise<User | undefined> {
    const response = parseAssertion(answer);
    const known = response && (await this.store.findAnywhere(response.id));
    if (!response || !known || (of && known.user.id !== of.id)) return undefined;
    if (!isHandleOf(known.user, response)) return undefined;
    const counter = await this.counterOf(response, known.passkey, asked);
    if (counter === undefined) return undefined;
    const used = await this.store.usedAnywhere(known.passkey.id, counter, this.clock.now());
    return used === 'used' ? known.user : undefined;
  }

  /** What the authenticator's counter says now; nothing where anything about the answer is wrong. */
  private async counterOf(
    response: AuthenticationResponseJSON,
    { id, publicKey, counter }: Passkey,
    asked: AskedOf,
  ): Promise<number | undefined> {
    try {
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        response,
        expectedChallenge: this.challenges.taking(asked),
        expectedOrigin: this.party.origin,
        expectedRPID: this.party.id,
        credential: { id, publicKey: Uint8Array.from(Buffer.from(publicKey, 'base64url')), counter },
        requireUserVerification: asked.purpose === 'sign-in',
      });
      return verified ? authenticationInfo.newCounter : undefined;
    } catch {
      // The library throws for all that does not fit: another origin, another challenge, a counter that went back.
      return undefined;
    }
  }
}

/** Web Authentication 7.2, step 6: whom the authenticator names, if anybody, must be who owns the key. */
function isHandleOf({ id }: User, { response: { userHandle } }: AuthenticationResponseJSON): boolean {
  return userHandle === undefined || userHandle === Buffer.from(id).toString('base64url');
}
