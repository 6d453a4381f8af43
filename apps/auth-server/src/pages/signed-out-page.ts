import { html } from './html';
import { renderPage } from './layout';
import type { Reader } from './reader';

export function renderSignedOut(reader: Reader): string {
  const { logout } = reader.texts;
  return renderPage(
    reader,
    logout.doneTitle,
    html`<h1>${logout.done}</h1>
      <p class="links"><a href="/account/sign-in">${logout.toAccount}</a></p>`,
  );
}
