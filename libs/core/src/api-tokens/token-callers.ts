import type { Clock } from '../shared/clock';
import type { RateLimit, RateLimits } from '../shared/rate-limits';
import { SsoError } from '../shared/sso-error';
import { hashToken } from '../shared/token';
import { stateOf, type ApiTokenView } from './api-token';
import type { ApiTokenStore } from './api-token-store';
import { isTokenSecret } from './token-secret';

const minuteMs = 60_000;

/** Generous for a program that behaves, and too little for one that runs wild. */
export const tokenLimit: RateLimit = { name: 'api-token', most: 600, windowMs: minuteMs };

/** Tells whose program calls, by the secret that it sends; asked again at each call, so that a change is felt at once. */
export class TokenCallers {
  constructor(
    private readonly store: ApiTokenStore,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
  ) {}

  /** Throws `credential_invalid`, `token_revoked`, `token_expired`, `tenant_suspended`, `member_suspended` or `rate_limited`. */
  async find(secret: string): Promise<ApiTokenView> {
    const now = this.clock.now();
    const view = isTokenSecret(secret) ? await this.store.findByHashAnywhere(hashToken(secret)) : undefined;
    if (!view) throw unknown();
    requireWorking(view, now);
    await this.requirePace(view, now);
    this.noteUse(view, now);
    return view;
  }

  private async requirePace({ token }: ApiTokenView, now: Date): Promise<void> {
    const verdict = await this.limits.take(tokenLimit, token.id, now);
    if (verdict.kind === 'allowed') return;
    throw new SsoError('rate_limited', `This API token calls too often. Wait ${verdict.seconds} s.`, {
      want: `at most ${tokenLimit.most} calls a minute`,
      seconds: verdict.seconds,
    });
  }

  /** Nobody waits for it, and where it fails the next use makes up for it. */
  private noteUse({ token }: ApiTokenView, now: Date): void {
    if (token.lastUsedAt && now.getTime() - token.lastUsedAt.getTime() < minuteMs) return;
    this.store.noteUse(token.tenantId, token.id, now).catch(() => undefined);
  }
}

function requireWorking({ token, tenant, member }: ApiTokenView, now: Date): void {
  const state = stateOf(token, now);
  if (state === 'revoked')
    throw new SsoError('token_revoked', 'This API token was revoked. Make a new one.', { got: token.id });
  if (state === 'expired')
    throw new SsoError('token_expired', 'This API token has expired. Make a new one.', {
      got: token.expiresAt,
    });
  if (tenant.suspendedAt)
    throw new SsoError('tenant_suspended', 'This organisation is suspended. Ask whoever runs this server.');
  if (member.suspendedAt)
    throw new SsoError(
      'member_suspended',
      'The member whose API token this is was suspended. Ask an owner of the organisation.',
    );
}

function unknown(): SsoError {
  return new SsoError('credential_invalid', 'This is neither the operator key nor an API token that works.', {
    want: 'Authorization: Bearer, followed by a key that was made here',
  });
}
