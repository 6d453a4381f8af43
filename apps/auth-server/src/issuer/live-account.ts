import type { LiveSessions, Session, SessionView } from '@gatehouse/core';
import type { OidcAccount, OidcContext } from 'oidc-provider';

/**
 * What oidc-provider calls an account is one session of ours: its end stops code exchange, refresh and userinfo at once.
 */
export class LiveAccount implements OidcAccount {
  readonly accountId: string;

  constructor(readonly view: SessionView) {
    this.accountId = view.session.id;
  }

  claims(): Record<string, unknown> {
    const { session, tenant, user, member } = this.view;
    return {
      // OpenID Connect Back-Channel Logout 1.0, 2.1: what a logout token will call this session.
      sid: session.id,
      email: user.email,
      email_verified: true,
      ...(user.name === undefined ? {} : { name: user.name }),
      tenant: {
        id: tenant.id,
        slug: tenant.slug,
        name: tenant.name,
        ...(tenant.externalId === undefined ? {} : { external_id: tenant.externalId }),
      },
      member_id: member.id,
      role: member.role,
      groups: session.groups,
      ...(session.attributes === undefined ? {} : { attributes: session.attributes }),
      ...(session.connectionId === undefined ? {} : { connection: session.connectionId }),
      via: session.via,
      amr: amrOf(session),
      auth_time: seconds(session.authenticatedAt),
      session_expires_at: seconds(session.expiresAt),
    };
  }
}

/** Which claims come with which scope. */
export const claimsOfScopes = {
  openid: [
    ...['sub', 'sid', 'tenant', 'member_id', 'role', 'groups', 'attributes', 'connection'],
    ...['via', 'amr', 'auth_time', 'session_expires_at'],
  ],
  profile: ['name'],
  email: ['email', 'email_verified'],
};

/** RFC 8176 2, and the protocol's own name for a sign-in by a connection, where the identity provider knows what was asked. */
export function amrOf({ via, secondFactor }: Pick<Session, 'via' | 'secondFactor'>): readonly string[] {
  if (via === 'saml') return [via];
  if (via === 'passkey') return ['hwk', 'user', 'mfa'];
  return secondFactor === undefined ? ['pwd'] : ['pwd', secondFactorNames[secondFactor], 'mfa'];
}

// RFC 8176 has no name for a list of codes on paper; a code that works once is one.
const secondFactorNames = { totp: 'otp', passkey: 'hwk', 'recovery-code': 'otp' } as const;

export function seconds(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}

/** Looks sessions up for oidc-provider. */
export class LiveAccounts {
  constructor(private readonly live: LiveSessions) {}

  async find(id: string): Promise<LiveAccount | undefined> {
    const view = await this.live.find(id);
    return view && new LiveAccount(view);
  }

  /** The `sub` in tokens: the person, where `accountId` is the session. */
  async subject(context: OidcContext, accountId: string): Promise<string> {
    const known = accountOf(context);
    const account = known?.accountId === accountId ? known : await this.find(accountId);
    return account?.view.user.id ?? accountId;
  }
}

export function accountOf({ oidc }: OidcContext): LiveAccount | undefined {
  return oidc.account instanceof LiveAccount ? oidc.account : undefined;
}
