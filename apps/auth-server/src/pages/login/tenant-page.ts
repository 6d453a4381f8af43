import { renderFormPage, type Problem } from '../form';
import { html, type Html } from '../html';
import type { Reader } from '../reader';
import { renderPasskeyButton } from './passkey-button';
import { renderPasswordForm } from './password-page';
import { renderSsoButtons, type SsoChoice } from './sso-buttons';

export interface TenantPage {
  readonly slug: string;
  readonly name: string;
  readonly connections: readonly SsoChoice[];
  /** `owners`: under `required`, those who keep a way in have a page of their own for it. */
  readonly password: 'everybody' | 'owners';
  readonly email?: string | undefined;
  readonly problem?: Problem;
}

/** Where the people of one organisation sign in (LOG-4). */
export function renderTenantPage(reader: Reader, page: TenantPage): string {
  const { login } = reader.texts;
  const bySso = page.connections.length > 0;
  const content = html`${bySso && renderSsoButtons(reader, page.connections)}
  ${page.password === 'owners' ? ownerAccess(reader, page) : passwordPart(reader, page, bySso)}`;
  return renderFormPage(reader, login.title(page.name), { problem: page.problem, content });
}

function passwordPart(reader: Reader, page: TenantPage, bySso: boolean): Html {
  const { login } = reader.texts;
  return html`${bySso && html`<p class="or">${login.or}</p>`}
  ${renderPasswordForm(reader, `/t/${page.slug}/login`, page, !bySso)}
  ${renderPasskeyButton(reader, page.slug)}`;
}

function ownerAccess({ texts: { tenant } }: Reader, { slug }: TenantPage): Html {
  return html`<p class="links">
    ${tenant.ownerQuestion} <a href="/t/${slug}/login/owner">${tenant.ownerAccess}</a>
  </p>`;
}

/** For who keeps a password under `required`; nobody is told who that is. */
export function renderOwnerPage(reader: Reader, page: TenantPage): string {
  const { tenant } = reader.texts;
  const content = html`<p>${tenant.ownerLead(page.name)}</p>
    ${renderPasswordForm(reader, `/t/${page.slug}/login/owner`, page)}
    <p class="links"><a href="/t/${page.slug}/login">${tenant.backToWays}</a></p>
    ${renderPasskeyButton(reader, page.slug)}`;
  return renderFormPage(reader, tenant.ownerAccess, { problem: page.problem, content });
}

/** The same for a name that was never taken and for one that is gone. */
export function renderUnknownTenant(reader: Reader): string {
  const { tenant } = reader.texts;
  return renderFormPage(reader, tenant.unknownTitle, { content: html`<p>${tenant.unknown}</p>` });
}
