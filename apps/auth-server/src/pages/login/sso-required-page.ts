import { html } from '../html';
import { renderPage } from '../layout';
import type { Reader } from '../reader';
import { renderSsoButtons, type SsoChoice } from './sso-buttons';

/** A password that is right, and does not open this organisation (LOG-8). */
export function renderSsoRequired(reader: Reader, name: string, connections: readonly SsoChoice[]): string {
  const { login, tenant } = reader.texts;
  const way =
    connections.length > 0 ? renderSsoButtons(reader, connections) : html`<p>${tenant.ssoNotReady(name)}</p>`;
  return renderPage(
    reader,
    tenant.ssoRequired,
    html`<h1>${tenant.ssoRequired}</h1>
      <p role="alert">${tenant.ssoRequiredLead(name)}</p>
      ${way}
      <p class="links"><a href="/login/ways">${login.otherEmail}</a></p>`,
  );
}
