import type { Clock } from '../shared/clock';
import type { OutboundPost } from '../shared/outbound-post';
import { SsoError } from '../shared/sso-error';
import type { LogoutNotice, LogoutNotices } from './logout-notice';

/** Signs what an application is told (OpenID Connect Back-Channel Logout 1.0, 2.4). */
export abstract class LogoutTokens {
  abstract issue(notice: LogoutNotice): Promise<string>;
}

/** A notice that was not taken; it is told without the token, which would be one to replay. */
export interface FailedNotice {
  readonly notice: LogoutNotice;
  readonly error: string;
}

interface Failure {
  readonly error: string;
  /** Nobody answered, or only what stands before the application: others that wait for it would fare no better. */
  readonly unreachable: boolean;
}

const mostOfOne = 16;
const answerWithinMs = 3_000;
const firstPauseMs = 5_000;
const longestPauseMs = 15 * 60_000;
const longestPauseOfAllMs = 60_000;

// RFC 9110 15.6: a gateway speaks for an application that is away.
const gatewayStatuses = new Set([502, 503, 504]);

/**
 * Tells applications that sessions have ended, until they say that they have heard it or the sessions would have expired by
 * themselves. Applications are told side by side: one that is slow or away keeps no other waiting.
 */
export class TellApplications {
  constructor(
    private readonly notices: LogoutNotices,
    private readonly tokens: LogoutTokens,
    private readonly post: OutboundPost,
    private readonly clock: Clock,
    private readonly report: (failed: FailedNotice) => void,
  ) {}

  async run(): Promise<void> {
    for (let told = mostOfOne; told > 0;) told = await this.tellSome();
  }

  private async tellSome(): Promise<number> {
    const claimed = await this.notices.claimAnywhere(mostOfOne, this.clock.now());
    await Promise.all(claimed.map((notice) => this.tell(notice)));
    return claimed.length;
  }

  private async tell(notice: LogoutNotice): Promise<void> {
    const failure = await this.attempt(notice);
    if (!failure) return this.notices.delivered(notice);
    const { error, unreachable } = failure;
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (notice.attempts - 1));
    await this.notices.failed(notice, {
      error,
      againAt: this.in(pauseMs),
      ...(unreachable && { othersAgainAt: this.in(Math.min(pauseMs, longestPauseOfAllMs)) }),
    });
    this.report({ notice, error });
  }

  private async attempt(notice: LogoutNotice): Promise<Failure | undefined> {
    const token = await this.tokens.issue(notice).catch(() => undefined);
    if (token === undefined) return { error: 'no token could be signed', unreachable: false };
    try {
      const status = await this.post.post(notice.uri, { logout_token: token }, answerWithinMs);
      // 2.8: 200; and 204 from frameworks that substitute it.
      if (status === 200 || status === 204) return undefined;
      return { error: `HTTP status ${status}`, unreachable: gatewayStatuses.has(status) };
    } catch (error) {
      return { error: describe(error), unreachable: true };
    }
  }

  private in(milliseconds: number): Date {
    return new Date(this.clock.now().getTime() + milliseconds);
  }
}

function describe(error: unknown): string {
  if (!(error instanceof SsoError)) return 'internal';
  const { reason } = error.details;
  return typeof reason === 'string' ? `${error.code}: ${reason}` : error.code;
}
