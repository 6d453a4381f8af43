import type { SsoConfig } from '../config.ts';
import { SsoError } from '../sso-error.ts';
import type { RevocationStore } from './revocations.ts';
import type { SealedBox } from './sealed-box.ts';
import { isTenant, parseSession, type SsoSession } from './session.ts';
import type { SessionCheck } from './session-check.ts';

// Browsers drop a cookie over 4096 octets, its name and attributes included, and say nothing.
const longestCookie = 3800;

/** Sessions as sealed cookie values: read where you are; that they still stand, the server is asked once a minute. */
export class Sessions {
  constructor(
    private readonly config: SsoConfig,
    private readonly box: SealedBox,
    private readonly revocations: RevocationStore,
    private readonly standing: SessionCheck,
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
   * The session in a cookie; undefined if there is none, it was altered, it is over, or it is of another tenant. Without
   * asking anybody: whether it was ended meanwhile, `check` tells.
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

  /**
   * The session, with the role of now; undefined once it was ended by the person, an admin or the operator. What logout
   * tokens have told counts at once; else Gatehouse is asked, at most once a minute for each session. While it does not
   * answer, sessions go on for five minutes (see `sessionCheck`).
   *
   * @example
   * const session = await sso.session.read(cookie);
   * const current = session && (await sso.session.check(session));
   */
  async check(session: SsoSession): Promise<SsoSession | undefined> {
    if (await this.revocations.has(`sid ${session.sid}`)) return undefined;
    return this.standing.current(session);
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
