import { renderField, renderFormPage, type Problem } from '../form';
import { html } from '../html';
import { renderPage } from '../layout';
import { emailField, longestPassword } from '../login/fields';
import type { Reader } from '../reader';

/** Asks where to send the link. */
export function renderResetRequest(reader: Reader, email?: string, problem?: Problem): string {
  const { login, reset } = reader.texts;
  const content = html`<p>${reset.lead}</p>
    <form method="post" action="/login/reset" novalidate>
      ${renderField(emailField(login, email, true), problem)}
      <button type="submit">${reset.send}</button>
    </form>
    <p class="links"><a href="/login/ways">${reset.back}</a></p>`;
  return renderFormPage(reader, reset.title, { problem, content });
}

/** The same whether or not there is such an account. */
export function renderResetSent(reader: Reader, address: string): string {
  const { reset } = reader.texts;
  return renderPage(
    reader,
    reset.sentTitle,
    html`<h1>${reset.sentTitle}</h1>
      <p role="status">${reset.sent(address)}</p>
      <p class="hint">${reset.notThere}</p>
      <p class="links"><a href="/login/ways">${reset.back}</a></p>`,
  );
}

/** What the link of the mail opens; looking at it uses nothing up, as scanners of mail do. */
export function renderNewPassword(
  reader: Reader,
  { token, email }: { readonly token: string; readonly email: string },
  problem?: Problem,
): string {
  const { reset } = reader.texts;
  const kind = { type: 'password', autocomplete: 'new-password', maxLength: longestPassword } as const;
  const field = { name: 'password', label: reset.newPassword, hint: reset.rules, ...kind, focused: true };
  const content = html`<form method="post" action="/login/reset/password" novalidate>
    <input type="hidden" name="token" value="${token}" />
    <div class="field">
      <label for="email">${reset.account}</label>
      <input id="email" name="email" type="email" autocomplete="username" value="${email}" readonly />
    </div>
    ${renderField(field, problem)}
    <button type="submit">${reset.save}</button>
  </form>`;
  return renderFormPage(reader, reset.chooseTitle, { problem, content });
}

export function renderResetUnusable(reader: Reader): string {
  const { reset } = reader.texts;
  return renderPage(
    reader,
    reset.unusableTitle,
    html`<h1>${reset.unusableTitle}</h1>
      <p role="alert">${reset.unusable}</p>
      <p><a class="button" href="/login/reset">${reset.askAgain}</a></p>`,
  );
}

export function renderResetDone({ texts }: Reader): string {
  const { reset } = texts;
  return renderPage(
    { texts },
    reset.doneTitle,
    html`<h1>${reset.doneTitle}</h1>
      <p role="status">${reset.done}</p>
      <p><a class="button" href="/login/ways">${reset.signIn}</a></p>`,
  );
}
