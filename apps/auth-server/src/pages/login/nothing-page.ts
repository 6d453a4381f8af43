import { html } from '../html';
import { renderPage } from '../layout';
import type { Reader } from '../reader';

/** No application asked for a sign-in in this browser. */
export function renderNothingToDo(reader: Reader): string {
  const { login } = reader.texts;
  return renderPage(
    reader,
    login.nothingTitle,
    html`<h1>${login.whereTo}</h1>
      <p>${login.nothingUnderWay}</p>
      <p class="links"><a href="/account/sign-in">${login.toAccount}</a></p>`,
  );
}
