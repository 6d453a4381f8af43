import type { Applications, Clock, Sessions } from '@gatehouse/core';
import type { OidcModelStore } from '@gatehouse/core-postgres';
import { Logger } from '@nestjs/common';
import { Provider, type OidcContext, type OidcGrant, type OidcInteraction } from 'oidc-provider';
import type { Config } from '../config';
import { describeAccountClient } from './account-client';
import { describeCookies } from './issuer-cookies';
import { issuerPages } from './issuer-pages';
import type { HintedLogins } from './hinted-login';
import { describeLifetimes } from './lifetimes';
import { claimsOfScopes, type LiveAccounts } from './live-account';
import { stackOf } from '../http/problem.filter';
import type { AskIdp } from '../logout/ask-idp';
import { createLoginPolicy, waitsInBrowser } from './login-policy';
import { ClientAdapter } from './client-adapter';
import { OidcAdapter } from './oidc-adapter';
import type { StraightToIdp } from './straight-to-idp';
import type { WaitingArrivals } from './waiting-arrivals';
import { noticeLoops } from './notice-loops';
import { completeDiscovery, keepCookiesAtRoot, setPageHeaders } from './request-steps';
import { endOurSession } from './sign-out';

export interface IssuerParts {
  readonly config: Config;
  readonly clock: Clock;
  readonly applications: Applications;
  readonly accounts: LiveAccounts;
  readonly sessions: Sessions;
  readonly hinted: HintedLogins;
  readonly arrivals: WaitingArrivals;
  readonly straight: StraightToIdp;
  readonly askIdp: AskIdp;
  readonly models: OidcModelStore;
  readonly keys: readonly Record<string, unknown>[];
}

const off = { enabled: false };
const scopes = ['openid', 'profile', 'email', 'offline_access'];

/** The OpenID provider that applications use. */
export function createIssuer(parts: IssuerParts): Provider {
  const logger = new Logger('issuer');
  const provider = new Provider(`${parts.config.publicUrl}/oidc`, describe(parts));
  provider.proxy = true;
  provider.on('server_error', (_context, error) => logger.error(stackOf(error)));
  return provider
    .use(setPageHeaders)
    .use(keepCookiesAtRoot)
    .use(completeDiscovery)
    .use(noticeLoops(parts.config, parts.clock))
    .use(endOurSession(parts.sessions, parts.askIdp, parts.config.productName));
}

function describe(parts: IssuerParts): Record<string, unknown> {
  const { config, clock, accounts, hinted, arrivals, straight, applications, models, keys } = parts;
  const pages = issuerPages(config.productName);
  const clients = new ClientAdapter(applications, clock, describeAccountClient(config));
  return {
    adapter: (kind: string) => (kind === 'Client' ? clients : new OidcAdapter(kind, models)),
    jwks: { keys },
    ...protocol,
    ...describeSubjects(accounts),
    features: describeFeatures(pages),
    cookies: describeCookies(config),
    ttl: describeLifetimes(clock),
    interactions: {
      policy: createLoginPolicy(hinted, waitsInBrowser(arrivals, config)),
      url: interactionUrl(config, straight),
    },
    loadExistingGrant: grantWhatIsAsked,
    renderError: pages.renderError,
  };
}

// The uid says nothing without its cookie; where the cookie did not come along, it tells us so.
function interactionUrl({ publicUrl }: Config, straight: StraightToIdp) {
  return async (context: OidcContext, interaction: OidcInteraction) => {
    // Asked for what is ours: who changes a password must not be led to an identity provider, which cannot vouch for that.
    if (context.oidc.params['way'] === 'password') return `${publicUrl}/login/password`;
    return (
      (await straight.address(context, interaction)) ?? `${publicUrl}/login?interaction=${interaction.uid}`
    );
  };
}

const protocol = {
  scopes,
  claims: claimsOfScopes,
  conformIdTokenClaims: false,
  responseTypes: ['code'],
  clientAuthMethods: ['client_secret_basic', 'client_secret_post'],
  clientDefaults: { id_token_signed_response_alg: 'ES256' },
  enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
  extraParams: ['tenant', 'tenant_external_id', 'connection', 'domain', 'way'],
  pkce: { required: () => true },
  allowOmittingSingleRegisteredRedirectUri: false,
  clientBasedCORS: () => false,
  rotateRefreshToken: true,
  // Without a consent step oidc-provider drops `offline_access`; a refresh token never outlives the session anyway.
  issueRefreshToken: () => true,
  expiresWithSession: () => false,
};

// oidc-provider writes `accountId` (our session) as `sub` unless the subject is "pairwise": that hook names the person.
function describeSubjects(accounts: LiveAccounts): Record<string, unknown> {
  return {
    findAccount: (_context: OidcContext, id: string) => accounts.find(id),
    subjectTypes: ['pairwise'],
    pairwiseIdentifier: (context: OidcContext, id: string) => accounts.subject(context, id),
  };
}

function describeFeatures({
  logoutSource,
  postLogoutSuccessSource,
}: ReturnType<typeof issuerPages>): Record<string, unknown> {
  return {
    devInteractions: off,
    dPoP: off,
    pushedAuthorizationRequests: off,
    resourceIndicators: off,
    userinfo: { enabled: true },
    rpInitiatedLogout: { enabled: true, logoutSource, postLogoutSuccessSource },
  };
}

async function grantWhatIsAsked({ oidc }: OidcContext): Promise<OidcGrant> {
  const accountId = oidc.account?.accountId ?? '';
  const { clientId } = oidc.client;
  const known = oidc.session?.grantIdFor(clientId);
  const existing = known === undefined ? undefined : await oidc.provider.Grant.find(known);
  const grant =
    existing?.accountId === accountId ? existing : new oidc.provider.Grant({ clientId, accountId });
  const asked = (oidc.params['scope'] ?? '').split(' ').filter((scope) => scopes.includes(scope));
  grant.addOIDCScope(asked.join(' '));
  await grant.save();
  return grant;
}
