import type { Sessions } from '@gatehouse/core';
import type { OidcContext } from 'oidc-provider';
import type { AskIdp } from '../logout/ask-idp';
import { leaveByIdp } from './leave-by-idp';

/** Signing out at the issuer ends one session of ours, and with it every token of it; then its identity provider is told. */
export function endOurSession(sessions: Sessions, askIdp: AskIdp) {
  const end = async (context: OidcContext, id: string): Promise<void> => {
    const ended = await sessions.signOutAnywhere(id);
    if (ended) await leaveByIdp(context, ended, askIdp);
  };

  return async (context: OidcContext, next: () => Promise<void>): Promise<void> => {
    await next();
    const hinted = otherSession(context);
    if (hinted !== undefined) goOn(context);
    const id = hinted ?? confirmedSession(context);
    if (id !== undefined) await end(context, id);
  };
}

/** The browser's own session, once the person has confirmed it and oidc-provider has let go of it. */
function confirmedSession({ path, method, oidc }: OidcContext): string | undefined {
  if (path !== '/session/end/confirm' || method !== 'POST') return undefined;
  return oidc.session?.destroyed === true ? oidc.session.accountId : undefined;
}

/**
 * The session that the application means where it is not this browser's own: somebody who has gone on to another
 * organisation signs out of the one before. The hint was checked by oidc-provider where it made the client known and
 * refused nothing; and an ID token that we have signed needs no confirmation (OpenID Connect RP-Initiated Logout 1.0, 6).
 */
function otherSession({ path, status, oidc }: OidcContext): string | undefined {
  if (path !== '/session/end' || status !== 200 || oidc.entities.Client === undefined) return undefined;
  const { sid } = oidc.entities.IdTokenHint?.payload ?? {};
  return typeof sid === 'string' && sid !== oidc.session?.accountId ? sid : undefined;
}

/** To where the application asked for, as oidc-provider has checked it; the browser's own session stays as it is. */
function goOn(context: OidcContext): void {
  const { state, postLogoutRedirectUri } = context.oidc.session?.state ?? {};
  const url = new URL(postLogoutRedirectUri ?? context.oidc.urlFor('end_session_success'));
  if (postLogoutRedirectUri !== undefined && state !== undefined) url.searchParams.set('state', state);
  context.status = 303;
  context.redirect(url.href);
}
