import { html, type Html } from './html';
import { renderPage } from './layout';
import type { Reader } from './reader';
import type { Texts } from './texts/texts';

export interface LoginPage {
  /** What the person signs in to. */
  readonly application?: string | undefined;
  readonly email?: string;
  readonly showPassword: boolean;
  /** Discovery could not answer, so the password field is shown to everybody (LOG-2). */
  readonly degraded?: boolean;
  /** The operator closed the protocol that this person's organisation signs in by (CON-20). */
  readonly closed?: boolean;
  readonly problem?: string;
}

/** E-mail first; the password field is always in the page for password managers, and hidden until it is wanted. */
export function renderLoginPage(reader: Reader, page: LoginPage): string {
  const { login } = reader.texts;
  const title = login.title(page.application ?? login.thisApplication);
  return renderPage(
    reader,
    title,
    html`<h1>${title}</h1>
      ${page.problem !== undefined && html`<p class="problem" role="alert">${page.problem}</p>`}
      ${page.degraded === true && note(login.degraded)} ${page.closed === true && note(login.closed)}
      <form method="post" action="${page.showPassword ? '/login/password' : '/login'}">
        <label for="email">${login.workEmail}</label>
        <input
          id="email"
          name="email"
          type="email"
          autocomplete="username"
          required
          maxlength="320"
          value="${page.email ?? ''}"
          ${page.showPassword ? '' : 'autofocus'}
        />
        ${passwordField(login, page.showPassword)}
        <button type="submit">${page.showPassword ? login.signIn : login.next}</button>
      </form>
      <p class="hint">
        ${page.showPassword ? html`<a href="/login">${login.otherEmail}</a>` : login.whatFollows}
      </p>`,
  );
}

function note(text: string): Html {
  return html`<p class="note" role="status">${text}</p>`;
}

function passwordField({ password }: Texts['login'], shown: boolean): Html {
  const field = html`<label for="password">${password}</label>
    <input id="password" name="password" type="password" autocomplete="current-password" maxlength="1024" />`;
  return shown ? field : html`<div hidden>${field}</div>`;
}

export function renderNothingToDo(reader: Reader): string {
  const { login } = reader.texts;
  return renderPage(
    reader,
    login.nothingTitle,
    html`<h1>${login.whereTo}</h1>
      <p>${login.nothingUnderWay}</p>`,
  );
}
