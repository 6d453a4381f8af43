import { SsoError } from '@gatehouse/core';
import type { OidcContext } from 'oidc-provider';
import { randomUUID } from 'node:crypto';
import { renderErrorPage } from '../pages/error-page';
import { Html, html } from '../pages/html';
import { renderPage } from '../pages/layout';
import { renderSignedOut } from '../pages/signed-out-page';
import type { Reader } from '../pages/reader';
import { readerOfIssuer } from './issuer-reader';

interface Refusal {
  readonly error: string;
  readonly error_description?: string;
}

/** The pages that the issuer shows by itself, in the name of the deployment. */
export function issuerPages(product: string) {
  const readerOf = (context: OidcContext) => readerOfIssuer(context, product);
  return {
    renderError: (context: OidcContext, refusal: Refusal) =>
      show(context, renderRefusal(readerOf(context), refusal)),
    logoutSource: (context: OidcContext, form: string) =>
      show(context, renderLogout(readerOf(context), form)),
    postLogoutSuccessSource: (context: OidcContext) => show(context, renderSignedOut(readerOf(context))),
  };
}

function show(context: OidcContext, page: string): void {
  context.type = 'html';
  context.body = page;
}

/** What is shown where the browser cannot be sent back to an application. */
function renderRefusal(reader: Reader, { error, error_description }: Refusal): string {
  const code = error === 'server_error' ? 'internal' : 'validation_failed';
  const refusal = new SsoError(code, error_description ?? error, { got: error });
  return renderErrorPage(reader, { refusal, reference: randomUUID() });
}

/** `form` is oidc-provider's own markup: the target of the button and its token against forged requests. */
function renderLogout(reader: Reader, form: string): string {
  const { logout } = reader.texts;
  return renderPage(
    reader,
    logout.title,
    html`<h1>${logout.question}</h1>
      ${new Html(form)}
      <button type="submit" form="op.logoutForm" name="logout" value="yes">${logout.signOut}</button>`,
  );
}
