import { isTokenSecret } from '../api-tokens/token-secret';
import type { Clock } from '../shared/clock';
import type { RateLimit, RateLimits } from '../shared/rate-limits';
import { SsoError } from '../shared/sso-error';
import { hashToken } from '../shared/token';
import type { Directory, DirectoryTokenView } from './directory';
import type { DirectoryTokenStore } from './directory-token-store';
import { directoryTokenState } from './directory-tokens';

const minuteMs = 60_000;

/** Twice what Entra ID asks of an application (25 a second), per directory. */
const usualRequestsPerMinute = 3000;

/** When a client should look again whether a paused directory goes on. */
const pausedSeconds = 300;

/** Tells which directory's client calls; asked again at each call, so that a change is felt at once (SCM-5). */
export class DirectoryCallers {
  private readonly limit: RateLimit;

  constructor(
    private readonly store: DirectoryTokenStore,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
    most = usualRequestsPerMinute,
  ) {
    this.limit = { name: 'directory', most, windowMs: minuteMs };
  }

  /**
   * Whose secret it is, whether it still works or not. Throws `credential_invalid`, and `not_found` where it is another
   * directory's: whether that one exists is not told (SEC-3).
   */
  async identify(directory: string, secret: string): Promise<DirectoryTokenView> {
    const known = isTokenSecret(secret, 'scim_');
    const view = known ? await this.store.findByHashAnywhere(hashToken(secret)) : undefined;
    if (!view)
      throw new SsoError(
        'credential_invalid',
        'This is no token of a directory here. Make one, and send that.',
        {
          want: 'Authorization: Bearer, followed by a token that was made for this directory',
        },
      );
    if (view.directory.id === directory) return view;
    throw new SsoError(
      'not_found',
      'There is no such directory here. Compare the address with that of the directory.',
    );
  }

  /** Throws `token_revoked`, `token_expired`, `tenant_suspended` or `rate_limited`. */
  async requireOpen(view: DirectoryTokenView): Promise<void> {
    const now = this.clock.now();
    requireWorking(view, now);
    this.noteUse(view, now);
    await this.requirePace(view, now);
  }

  private async requirePace({ directory }: DirectoryTokenView, now: Date): Promise<void> {
    const verdict = await this.limits.take(this.limit, directory.id, now);
    if (verdict.kind === 'allowed') return;
    const { seconds, refused } = verdict;
    throw new SsoError('rate_limited', `This directory calls too often. Wait ${seconds} s.`, {
      want: `at most ${this.limit.most} requests a minute`,
      seconds,
      refused,
    });
  }

  /** Nobody waits for it, and where it fails the next use makes up for it. */
  private noteUse({ token }: DirectoryTokenView, now: Date): void {
    if (token.lastUsedAt && now.getTime() - token.lastUsedAt.getTime() < minuteMs) return;
    this.store.noteUse(token.tenantId, token.id, now).catch(() => undefined);
  }
}

function requireWorking({ token, tenant }: DirectoryTokenView, now: Date): void {
  const state = directoryTokenState(token, now);
  if (state === 'revoked')
    throw new SsoError('token_revoked', 'This token of the directory was revoked. Make a new one.', {
      got: token.id,
    });
  if (state === 'expired')
    throw new SsoError(
      'token_expired',
      'This token of the directory has expired. Enter the one that replaces it, or make a new one.',
      { got: token.expiresAt },
    );
  if (tenant.suspendedAt)
    throw new SsoError('tenant_suspended', 'This organisation is suspended. Ask whoever runs this server.');
}

/** Asked once the whole request has come: what it wanted is in the log, to be looked at before the directory goes on. */
export function requireRunning({ pausedAt }: Pick<Directory, 'pausedAt'>): void {
  if (!pausedAt) return;
  throw new SsoError(
    'directory_paused',
    'This directory is paused: nothing was read or written. Resume it, or send this again later.',
    { seconds: pausedSeconds },
  );
}
