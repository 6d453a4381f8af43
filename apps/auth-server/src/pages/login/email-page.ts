import { renderField, renderFormPage, type Problem } from '../form';
import { html } from '../html';
import type { Reader } from '../reader';
import { emailField, passwordField } from './fields';
import { renderPasskeyButton } from './passkey-button';

export interface EmailPage {
  /** What the person signs in to; absent: the account pages. */
  readonly application?: string | undefined;
  readonly email?: string | undefined;
  readonly problem?: Problem;
}

/**
 * E-mail first. The password field is in the page already, for password managers, and hidden until it is wanted; who
 * wants it at once gets it without our asking where the address signs in.
 */
export function renderEmailPage(reader: Reader, { application, email, problem }: EmailPage): string {
  const { login } = reader.texts;
  const content = html`<form method="post" action="/login" novalidate>
      ${renderField(emailField(login, email, true), problem)}
      <div hidden>${renderField(passwordField(login, false))}</div>
      <button type="submit">${login.next}</button>
      <p class="hint">${login.whatFollows}</p>
      <button type="submit" class="plain" name="way" value="password">${login.usePassword}</button>
    </form>
    ${renderPasskeyButton(reader)}`;
  return renderFormPage(reader, login.title(application ?? login.yourAccount), { problem, content });
}
