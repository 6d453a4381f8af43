import { html, type Html } from '../html';
import type { Reader } from '../reader';

/** Shown by its script where the browser knows passkeys; without script nothing of it is seen. */
export function renderPasskeyButton({ texts: { login } }: Reader, slug?: string): Html {
  return html`<script src="/assets/passkey.js" defer></script>
    <form class="passkey" method="post" action="/login/passkey" data-passkey="/login/passkey/options" hidden>
      <p class="or">${login.or}</p>
      <input type="hidden" name="response" />
      ${slug !== undefined && html`<input type="hidden" name="tenant" value="${slug}" />`}
      <button type="button" class="quiet">${login.passkey}</button>
      <p class="wrong" role="alert" hidden>${login.passkeyFailed}</p>
    </form>`;
}
