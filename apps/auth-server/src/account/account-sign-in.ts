import { createHash, randomBytes } from 'node:crypto';
import type { Config } from '../config';
import { accountClientId, accountRedirectUri } from '../issuer/account-client';

/** Where the account pages send somebody who is not signed in, or not lately, or not to that tenant. */
export interface AccountSignIn {
  readonly returnTo: string;
  /** Slug or ID; absent: any tenant will do. */
  readonly tenant?: string | undefined;
  /** Instead of the identity provider at once: our own credentials, all ways into that tenant, or that of its owners. */
  readonly way?: 'password' | 'choose' | 'owner' | undefined;
  /** Asks although there is a session. */
  readonly anew?: boolean | undefined;
}

/** Our own pages only: nothing that comes from outside chooses where a browser goes (OWASP ASVS 5.0 3.7.2). */
const ownPath = /^\/(?:account|invitations|emergency|link)(?:\/[\w-]{1,80}){0,3}$/;

export function ownPathOr(path: string | undefined, otherwise: string): string {
  return path !== undefined && ownPath.test(path) ? path : otherwise;
}

/** The authorization request of the account pages. */
export function accountSignInUrl(
  config: Pick<Config, 'publicUrl'>,
  { returnTo, tenant, way, anew }: AccountSignIn,
): string {
  const url = new URL(`${config.publicUrl}/oidc/auth`);
  url.search = new URLSearchParams({
    client_id: accountClientId,
    response_type: 'code',
    scope: 'openid',
    redirect_uri: accountRedirectUri(config),
    state: ownPathOr(returnTo, '/account'),
    // The issuer asks every client for it (RFC 7636); nobody keeps the verifier, so the code is good for nothing.
    code_challenge: createHash('sha256').update(randomBytes(32)).digest('base64url'),
    code_challenge_method: 'S256',
    ...(tenant === undefined ? {} : { tenant }),
    ...(way === undefined ? {} : { way }),
    ...(anew === true ? { prompt: 'login' } : {}),
  }).toString();
  return url.href;
}
