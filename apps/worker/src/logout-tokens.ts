import {
  createToken,
  LogoutTokens,
  type Chance,
  type Clock,
  type KeyRing,
  type LogoutNotice,
} from '@gatehouse/core';
import { openSigningKey, type SigningKeyStore } from '@gatehouse/core-postgres';
import { importJWK, SignJWT } from 'jose';
import { z } from 'zod';

const privateJwk = z.looseObject({ kty: z.literal('EC'), kid: z.string(), d: z.string() });
const lifetimeSeconds = 120;

/** Signed by the key of the issuer, in its name (OpenID Connect Back-Channel Logout 1.0, 2.4). */
export class SignedLogoutTokens extends LogoutTokens {
  constructor(
    private readonly keys: Pick<SigningKeyStore, 'list'>,
    private readonly keyRing: KeyRing,
    private readonly publicUrl: string,
    private readonly clock: Clock,
    private readonly chance: Chance,
  ) {
    super();
  }

  async issue({ sessionId, applicationId, userId }: LogoutNotice): Promise<string> {
    const { kid, ...key } = await this.newestKey();
    const now = Math.floor(this.clock.now().getTime() / 1000);
    return new SignJWT({
      sid: sessionId,
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    })
      .setProtectedHeader({ alg: 'ES256', typ: 'logout+jwt', kid })
      .setIssuer(`${this.publicUrl}/oidc`)
      .setAudience(applicationId)
      .setSubject(userId)
      .setJti(createToken(this.chance))
      .setIssuedAt(now)
      .setExpirationTime(now + lifetimeSeconds)
      .sign(await importJWK(key, 'ES256'));
  }

  /** The one that the issuer signs with; it makes the first one when it starts. */
  private async newestKey(): Promise<z.output<typeof privateJwk>> {
    const [newest] = await this.keys.list();
    if (!newest) throw new Error('No server has made a signing key yet.');
    return privateJwk.parse(openSigningKey(newest, this.keyRing));
  }
}
