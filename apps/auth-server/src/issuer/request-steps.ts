import type { OidcContext } from 'oidc-provider';
import type { AskIdp } from '../logout/ask-idp';
import { leaveByIdp } from './leave-by-idp';
import type { LiveAccounts } from './live-account';
import { pagePolicy } from './page-policy';

type Next = () => Promise<void>;

/** Hijacked replies skip Fastify's hooks, so these headers are ours to set. */
export async function setPageHeaders(context: OidcContext, next: Next): Promise<void> {
  context.set('content-security-policy', pagePolicy());
  context.set('referrer-policy', 'no-referrer');
  context.set('x-content-type-options', 'nosniff');
  if (context.secure) context.set('strict-transport-security', 'max-age=31536000; includeSubDomains');
  await next();
}

/** A `__Host-` cookie must have the path `/`; oidc-provider would narrow that of the resume cookie. */
export async function keepCookiesAtRoot({ cookies }: OidcContext, next: Next): Promise<void> {
  const set = cookies.set.bind(cookies);
  cookies.set = (name, value, options) => set(name, value, { ...options, path: '/' });
  await next();
}

/** Every application gets the same `sub` of a person, so discovery says "public" (OpenID Connect Core 8). */
export async function namePublicSubjects(context: OidcContext, next: Next): Promise<void> {
  await next();
  if (!context.path.startsWith('/.well-known/') || typeof context.body !== 'object') return;
  context.body = { ...context.body, subject_types_supported: ['public'] };
}

/** Signing out at the issuer ends our session, and with it every token of it; then its identity provider is told. */
export function endOurSession(accounts: LiveAccounts, askIdp: AskIdp) {
  return async (context: OidcContext, next: Next): Promise<void> => {
    await next();
    if (context.path !== '/session/end/confirm' || context.method !== 'POST') return;
    const { session } = context.oidc;
    if (session?.destroyed !== true || session.accountId === undefined) return;
    const ended = await accounts.end(session.accountId);
    if (ended) await leaveByIdp(context, ended, askIdp);
  };
}
