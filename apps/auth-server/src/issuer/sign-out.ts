import type { Session, Sessions } from '@gatehouse/core';
import type { OidcContext } from 'oidc-provider';
import { z } from 'zod';
import type { AskIdp } from '../logout/ask-idp';
import { leaveByIdp } from './leave-by-idp';

/** What an ID token of ours says of its session. */
const hintOfOurs = z.object({ sid: z.string(), sub: z.string(), tenant: z.object({ id: z.string() }) });
type Hint = z.infer<typeof hintOfOurs>;

/** Signing out at the issuer ends one session of ours, and with it every token of it; then its identity provider is told. */
export function endOurSession(sessions: Sessions, askIdp: AskIdp, product: string) {
  return async (context: OidcContext, next: () => Promise<void>): Promise<void> => {
    await next();
    const hinted = otherSession(context);
    const id = confirmedSession(context);
    if (hinted) goOn(context);
    const ended = hinted
      ? await endBoth(sessions, context, hinted)
      : id && (await sessions.signOutAnywhere(id));
    if (ended) await leaveByIdp(context, ended, askIdp, product);
  };
}

/**
 * Where the same person has signed in to the same organisation once more since, as for a change of the password, this
 * browser holds that session: who signs out of the application must not leave the browser signed in.
 */
async function endBoth(
  sessions: Sessions,
  { oidc }: OidcContext,
  { sid, sub, tenant }: Hint,
): Promise<Session | undefined> {
  const own = oidc.session?.accountId;
  const renewed =
    own === undefined ? undefined : await sessions.signOutAnywhere(own, { userId: sub, tenantId: tenant.id });
  const meant = await sessions.signOutAnywhere(sid);
  return meant?.via === 'saml' ? meant : (renewed ?? meant);
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
function otherSession({ path, status, oidc }: OidcContext): Hint | undefined {
  if (path !== '/session/end' || status !== 200 || oidc.entities.Client === undefined) return undefined;
  const hint = hintOfOurs.safeParse(oidc.entities.IdTokenHint?.payload);
  return hint.success && hint.data.sid !== oidc.session?.accountId ? hint.data : undefined;
}

/** To where the application asked for, as oidc-provider has checked it; the browser's own session stays as it is. */
function goOn(context: OidcContext): void {
  const { state, postLogoutRedirectUri } = context.oidc.session?.state ?? {};
  const url = new URL(postLogoutRedirectUri ?? context.oidc.urlFor('end_session_success'));
  if (postLogoutRedirectUri !== undefined && state !== undefined) url.searchParams.set('state', state);
  context.status = 303;
  context.redirect(url.href);
}
