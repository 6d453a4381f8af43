import { SsoError } from '@gatehouse/core';
import { interactionPolicy, type OidcContext } from 'oidc-provider';
import { readHints, type HintedLogins } from './hinted-login';
import type { Config } from '../config';
import { browserKeyCookie, parseBrowserKey } from '../login/browser-key';
import { accountOf } from './live-account';
import type { WaitingArrivals } from './waiting-arrivals';

const { base, Check } = interactionPolicy;

/** Whether another sign-in than that of the session waits in this browser to be taken up. */
export type ArrivedCheck = (context: OidcContext) => Promise<boolean>;

/** Whose browser it is says a cookie of ours, which oidc-provider did not sign. */
export function waitsInBrowser(arrivals: WaitingArrivals, config: Config): ArrivedCheck {
  return ({ cookies, oidc }) => {
    const browserKey = parseBrowserKey(cookies.get(browserKeyCookie(config), { signed: false }));
    return arrivals.waits(browserKey, readHints(oidc.params));
  };
}

/** Sign-in only: our own applications need no consent. */
export function createLoginPolicy(hinted: HintedLogins, arrived: ArrivedCheck): interactionPolicy.Prompts {
  const policy = base();
  policy.remove('consent');
  const ours = [
    new Check('session_ended', 'the session has ended', 'login_required', (context) => !accountOf(context)),
    new Check(
      'other_tenant',
      'the session is of another tenant',
      'login_required',
      isOfAnotherTenant(hinted),
    ),
    new Check(
      'idp_initiated',
      'a sign-in that began at the identity provider waits',
      'login_required',
      arrived,
    ),
  ];
  policy.get('login')?.checks.push(...ours);
  return policy;
}

/** A session says nothing about any other tenant (SES-2), however the request names it. */
function isOfAnotherTenant(hinted: HintedLogins) {
  return async (context: OidcContext): Promise<boolean> => {
    const tenant = accountOf(context)?.view.tenant;
    if (!tenant) return false;
    try {
      const wanted = await hinted.find(readHints(context.oidc.params));
      return wanted.kind === 'tenant' ? wanted.tenantId !== tenant.id : wanted.degraded;
    } catch (error) {
      // Hints that lead nowhere or apart: the login page, which reads them too, says what is wrong with them.
      if (error instanceof SsoError) return true;
      throw error;
    }
  };
}
