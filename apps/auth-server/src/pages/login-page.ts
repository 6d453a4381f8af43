import { html, type Html } from './html';
import { renderPage } from './layout';

export interface LoginPage {
  /** What the person signs in to. */
  readonly application: string;
  readonly email?: string;
  readonly showPassword: boolean;
  /** Discovery could not answer, so the password field is shown to everybody (LOG-2). */
  readonly degraded?: boolean;
  /** The operator closed the protocol that this person's organisation signs in by (CON-20). */
  readonly closed?: boolean;
  readonly problem?: string;
}

/** E-mail first; the password field is always in the page for password managers, and hidden until it is wanted. */
export function renderLoginPage(page: LoginPage): string {
  const action = page.showPassword ? '/login/password' : '/login';
  return renderPage(
    `Sign in to ${page.application}`,
    html`<h1>Sign in to ${page.application}</h1>
      ${page.problem !== undefined && html`<p class="problem" role="alert">${page.problem}</p>`}
      ${page.degraded === true && degradedNote} ${page.closed === true && closedNote}
      <form method="post" action="${action}">
        <label for="email">Work e-mail</label>
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
        ${passwordField(page.showPassword)}
        <button type="submit">${page.showPassword ? 'Sign in' : 'Next'}</button>
      </form>
      ${page.showPassword ? otherEmail : whatFollows}`,
  );
}

const degradedNote = html`<p class="note" role="status">
  We could not check for single sign-on. You can still use your password.
</p>`;

const closedNote = html`<p class="note" role="status">
  Single sign-on is switched off on this service for now. If you have a password here, you can use it.
</p>`;

const otherEmail = html`<p class="hint"><a href="/login">Use another e-mail</a></p>`;

const whatFollows = html`<p class="hint">
  Next, your company's sign-in opens, or you are asked for your password.
</p>`;

function passwordField(shown: boolean): Html {
  const field = html`<label for="password">Password</label>
    <input id="password" name="password" type="password" autocomplete="current-password" maxlength="1024" />`;
  return shown ? field : html`<div hidden>${field}</div>`;
}

export function renderNothingToDo(): string {
  return renderPage(
    'Sign in',
    html`<h1>Where do you want to go?</h1>
      <p>
        No sign-in is under way in this browser. Open the application that you want to use and choose Sign in
        there.
      </p>`,
  );
}
