import { renderField, renderFormPage, type Problem } from '../form';
import { html, type Html } from '../html';
import type { Reader } from '../reader';
import { emailField, passwordField } from './fields';
import { renderPasskeyButton } from './passkey-button';

export interface PasswordPage {
  readonly application?: string | undefined;
  readonly email?: string | undefined;
  /** Why a password is asked for: discovery could not answer (LOG-2), the operator closed the protocol (CON-20), or it is a proof. */
  readonly because?: 'degraded' | 'closed' | 'proof' | undefined;
  readonly problem?: Problem;
}

/** The password of an account here; the same page for every address. */
export function renderPasswordPage(reader: Reader, page: PasswordPage): string {
  const { login } = reader.texts;
  const { application, because, problem } = page;
  const content = html`${because && html`<p class="note" role="status">${login[because]}</p>`}
    ${renderPasswordForm(reader, '/login/password', page)}
    <p class="links"><a href="/login/ways">${login.otherEmail}</a></p>
    ${renderPasskeyButton(reader)}`;
  return renderFormPage(reader, login.title(application ?? login.yourAccount), { problem, content });
}

/** E-mail and password together, as password managers expect them. */
export function renderPasswordForm(
  reader: Reader,
  action: string,
  { email, problem }: Pick<PasswordPage, 'email' | 'problem'>,
  focused = true,
): Html {
  const { login } = reader.texts;
  const asksForEmail = email === undefined || email === '';
  return html`<form method="post" action="${action}" novalidate>
    ${renderField(emailField(login, email, focused && asksForEmail), problem)}
    ${renderField(passwordField(login, focused && !asksForEmail), problem)}
    <button type="submit">${login.signIn}</button>
    <p class="links"><a href="/login/reset">${login.forgotten}</a></p>
  </form>`;
}
