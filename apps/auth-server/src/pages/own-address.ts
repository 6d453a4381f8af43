import { html, type Html } from './html';
import type { Reader } from './reader';

/** Whose password a form is about: for the person to see, and for password managers, which file it under this address. */
export function renderOwnAddress({ texts }: Reader, email: string): Html {
  return html`<div class="field">
    <label for="email">${texts.reset.account}</label>
    <input id="email" name="email" type="email" autocomplete="username" value="${email}" readonly />
  </div>`;
}
