import type { RevocationStore } from '../session/revocations.ts';
import type { CallOptions } from '../transport.ts';
import { type EndedSession, verifyLogoutToken } from './logout-token.ts';
import { invalid, type Verifier } from './signed-token.ts';

// A token is good for two minutes, and clocks may differ by one on either side.
const tokenMs = 4 * 60_000;
// No session lasts longer; what is remembered no more has expired.
const sessionMs = 25 * 3_600_000;

/** What Gatehouse tells your application behind the browser's back (OpenID Connect Back-Channel Logout). */
export class BackChannel {
  constructor(
    private readonly verifier: Verifier,
    private readonly revocations: RevocationStore,
  ) {}

  /**
   * Takes a logout token: from now on the sessions that it names do not count here. Throws `token_invalid` or
   * `token_expired` for one that Gatehouse did not make for your application, or that came before.
   *
   * @example
   * const form = new URLSearchParams(await request.text());
   * await sso.backChannel.logout(form.get('logout_token') ?? '');
   */
  async logout(logoutToken: string, options?: CallOptions): Promise<EndedSession> {
    const { jti, ...ended } = await verifyLogoutToken(logoutToken, this.verifier, options);
    if (await this.revocations.has(`jti ${jti}`)) throw invalid('This token was received before (jti).');
    const now = this.verifier.config.now().getTime();
    await this.revocations.add(`sid ${ended.sid}`, new Date(now + sessionMs));
    await this.revocations.add(`jti ${jti}`, new Date(now + tokenMs));
    return ended;
  }
}
