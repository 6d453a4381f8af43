import type { SsoConfig } from '../config.ts';
import { SsoError } from '../sso-error.ts';
import type { SealedBox } from './sealed-box.ts';
import { isTenant, parseSession, type SsoSession } from './session.ts';

// Browsers drop a cookie over 4096 octets, its name and attributes included, and say nothing.
const longestCookie = 3800;

/** Sessions as sealed cookie values: read where you are, without asking the server. */
export class Sessions {
  constructor(
    private readonly config: SsoConfig,
    private readonly box: SealedBox,
  ) {}

  /**
   * @example
   * const { session } = await sso.signIn.finish(answer);
   * const cookie = await sso.session.seal({ ...session, userId: user.id });
   */
  async seal(session: SsoSession): Promise<string> {
    const whole = await this.box.seal('session', session);
    if (whole.length <= longestCookie) return whole;
    // Without the ID token, sign-out asks for a confirmation; that is better than no session.
    const lean = await this.box.seal('session', { ...session, idToken: undefined });
    if (lean.length <= longestCookie) return lean;
    throw new SsoError('validation_failed', 'The session does not fit into a cookie.', {
      httpStatus: 500,
      hint: 'Have fewer groups sent to this application.',
    });
  }

  /**
   * The session in a cookie; undefined if there is none, it was altered, it is over, or it is of another tenant.
   *
   * @example
   * const session = await sso.session.read(cookie, { tenant: 'acme' });
   */
  async read(sealed: string | undefined, expected: { tenant?: string | undefined } = {}) {
    if (sealed === undefined) return undefined;
    const session = this.parse(await this.box.open('session', sealed));
    if (session === undefined || session.sessionExpiresAt <= this.config.now().getTime() / 1000)
      return undefined;
    const { tenant } = expected;
    return tenant === undefined || isTenant(session.tenant, tenant, this.config.tenantKey)
      ? session
      : undefined;
  }

  private parse(opened: unknown): SsoSession | undefined {
    if (opened === undefined) return undefined;
    try {
      return parseSession(opened);
    } catch {
      // Sealed by an earlier version of the SDK: sign in again.
      return undefined;
    }
  }
}
