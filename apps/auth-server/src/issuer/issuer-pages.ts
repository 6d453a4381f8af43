import { SsoError } from '@gatehouse/core';
import type { OidcContext } from 'oidc-provider';
import { randomUUID } from 'node:crypto';
import { renderErrorPage } from '../pages/error-page';
import { Html, html } from '../pages/html';
import { renderPage } from '../pages/layout';
import { renderSignedOut } from '../pages/signed-out-page';
import { readerOfIssuer } from './issuer-reader';

interface Refusal {
  readonly error: string;
  readonly error_description?: string;
}

/** What is shown where the browser cannot be sent back to an application. */
export function renderError(context: OidcContext, refusal: Refusal): void {
  const ours = refusal.error === 'server_error';
  const error = new SsoError(
    ours ? 'internal' : 'validation_failed',
    refusal.error_description ?? refusal.error,
    {
      got: refusal.error,
    },
  );
  context.type = 'html';
  context.body = renderErrorPage(readerOfIssuer(context), { refusal: error, reference: randomUUID() });
}

/** `form` is oidc-provider's own markup: the target of the button and its token against forged requests. */
export function renderLogout(context: OidcContext, form: string): void {
  context.type = 'html';
  const reader = readerOfIssuer(context);
  const { logout } = reader.texts;
  context.body = renderPage(
    reader,
    logout.title,
    html`<h1>${logout.question}</h1>
      ${new Html(form)}
      <button type="submit" form="op.logoutForm" name="logout" value="yes">${logout.signOut}</button>`,
  );
}

export function showSignedOut(context: OidcContext): void {
  context.type = 'html';
  context.body = renderSignedOut(readerOfIssuer(context));
}
