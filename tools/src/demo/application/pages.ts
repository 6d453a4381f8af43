import type { SsoError, SsoSession } from '@gatehouse/client-sdk';
import { escaped } from '../../web/markup-text';
import { layout } from './layout';

const product = 'Tideline';

/** Asks for the e-mail address; the rest is up to Gatehouse. */
export function signedOutPage(): string {
  return layout(
    `Sign in to ${product}`,
    `<h1>Sign in to ${product}</h1>
<p>With your work e-mail address. Your company decides how you prove who you are.</p>
<form action="/auth/login">
  <label for="email">E-mail</label>
  <input id="email" name="email" type="email" autocomplete="username" placeholder="you@company.example" required autofocus>
  <button class="primary">Sign in</button>
</form>
<p class="quiet">${product} is a demo application. It keeps no passwords and has never heard of SAML.</p>`,
  );
}

/** Everything that the session says about a person. */
export function signedInPage(session: SsoSession, now: Date, accountUrl?: string): string {
  const { user, tenant } = session;
  const name = user.name ?? user.email;
  const rows: readonly (readonly [string, string])[] = [
    ['E-mail', escaped(user.email)],
    ['Team', `${escaped(tenant.name)} <code>${escaped(tenant.slug)}</code>`],
    ['Role', escaped(user.role)],
    ['Groups', user.groups.length === 0 ? 'None' : user.groups.map(escaped).join(', ')],
    ['Signed in with', methodOf(session)],
    ['Session ends', endOf(session, now)],
  ];
  return layout(
    `${name} · ${product}`,
    `<header><span class="face" aria-hidden="true">${escaped(initials(name))}</span>
<div><h1>${escaped(name)}</h1><p>Signed in to ${escaped(tenant.name)}</p></div></header>
<dl>${rows.map(([term, value]) => `<div><dt>${term}</dt><dd>${value}</dd></div>`).join('')}</dl>
<form action="/auth/logout" method="post"><button>Sign out</button></form>
${accountUrl === undefined ? '' : `<p class="quiet"><a href="${escaped(accountUrl)}">Your account</a>: sessions, password, second factors</p>`}`,
  );
}

/** Says what went wrong and what to do, with the code that support will ask for. */
export function errorPage(error: SsoError): string {
  const reference = error.requestId === undefined ? '' : ` · ${escaped(error.requestId)}`;
  return layout(
    `Not signed in · ${product}`,
    `<h1>That did not work</h1>
<p role="alert">${escaped(error.message)}</p>
${error.hint === undefined ? '' : `<p>${escaped(error.hint)}</p>`}
<form action="/"><button class="primary">Try again</button></form>
<p class="quiet"><code>${escaped(error.code)}${reference}</code></p>`,
  );
}

function methodOf({ via, connection }: SsoSession): string {
  const name = { saml: 'SAML', oidc: 'OpenID Connect', password: 'Password', passkey: 'Passkey' }[via];
  return connection === undefined ? name : `${name} through <code>${escaped(connection)}</code>`;
}

function endOf({ sessionExpiresAt }: SsoSession, now: Date): string {
  const end = new Date(sessionExpiresAt * 1000);
  const minutes = Math.max(0, Math.round((end.getTime() - now.getTime()) / 60_000));
  const left = minutes < 90 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
  const shown = end.toISOString().slice(0, 16).replace('T', ' ');
  return `<time datetime="${end.toISOString()}">${shown} UTC</time>, in ${left}`;
}

function initials(name: string): string {
  const words = name.split(/[\s@.]+/).filter((word) => word !== '');
  return words
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();
}
