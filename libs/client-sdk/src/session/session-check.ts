import type { SsoConfig } from '../config.ts';
import { isObject, textIn } from '../json.ts';
import type { Transport } from '../transport.ts';
import { clientSecretBasic } from '../sign-in/client-secret.ts';
import type { SsoSession } from './session.ts';

const most = 10_000;
const answerWithinMs = 2_000;
const pauseAfterFaultMs = 10_000;

/** What is known of one session of Gatehouse. */
interface Known {
  /** When it is asked about again. */
  askAt: number;
  /** Since when Gatehouse has not answered. */
  failingSince?: number | undefined;
  asking?: Promise<void> | undefined;
  standing: boolean;
  role?: string | undefined;
}

/** Asks Gatehouse from time to time whether a session still stands, once for all requests that wait for it. */
export class SessionCheck {
  private readonly known = new Map<string, Known>();

  constructor(
    private readonly config: SsoConfig,
    private readonly transport: Transport,
  ) {}

  /** The session with the role of now; undefined where it has ended, or nobody could tell for too long. */
  async current(session: SsoSession): Promise<SsoSession | undefined> {
    const { check } = this.config;
    if (check === undefined) return session;
    const known = this.knownOf(session.sid);
    if (known.asking !== undefined || this.now() >= known.askAt) await this.ask(session, known);
    const { failingSince = Infinity, standing, role } = known;
    if (!standing || this.now() - failingSince >= check.graceMs) return undefined;
    return role === undefined ? session : { ...session, user: { ...session.user, role } };
  }

  private knownOf(sid: string): Known {
    const known = this.known.get(sid) ?? { askAt: -Infinity, standing: true };
    // Kept in the order of use, so that the first is the one to forget.
    this.known.delete(sid);
    this.known.set(sid, known);
    const [oldest] = this.known.keys();
    if (this.known.size > most && oldest !== undefined) this.known.delete(oldest);
    return known;
  }

  private ask(session: SsoSession, known: Known): Promise<void> {
    known.asking ??= this.learn(session, known).finally(() => (known.asking = undefined));
    return known.asking;
  }

  private async learn({ sid, user }: SsoSession, known: Known): Promise<void> {
    const everyMs = this.config.check?.everyMs ?? 0;
    try {
      const answer = await this.send(sid);
      known.standing = answer['active'] === true && textIn(answer, 'sub') === user.id;
      known.role = textIn(answer, 'role') ?? known.role;
      known.failingSince = undefined;
      known.askAt = this.now() + everyMs;
    } catch {
      known.failingSince ??= this.now();
      known.askAt = this.now() + Math.min(everyMs, pauseAfterFaultMs);
    }
  }

  private async send(sid: string) {
    const { issuer, clientId, clientSecret } = this.config;
    const answer = await this.transport.json(
      {
        url: `${issuer}/session-check`,
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          authorization: clientSecretBasic(clientId, clientSecret),
        },
        body: new URLSearchParams({ sid }).toString(),
      },
      { timeoutMs: answerWithinMs },
    );
    return isObject(answer) && typeof answer['active'] === 'boolean'
      ? answer
      : Promise.reject(new TypeError());
  }

  private now(): number {
    return this.config.now().getTime();
  }
}
