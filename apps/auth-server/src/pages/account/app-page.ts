import { renderField } from '../form';
import { html, type Html } from '../html';
import type { Reader } from '../reader';
import { renderAccountPage, type AccountWord } from './account-page';

/** A secret that waits for its first code. */
export interface AppEnrolment {
  /** Base32 (RFC 4648), to be typed. */
  readonly secret: string;
  /** The same as a QR code, drawn by us. */
  readonly qrCode: Html;
}

/** Setting an authenticator app up: scanned or typed, and shown to work by its first code. */
export function renderAppEnrolment(
  reader: Reader,
  { secret, qrCode }: AppEnrolment,
  word?: AccountWord,
): string {
  const { account } = reader.texts;
  return renderAccountPage(
    reader,
    'security',
    account.setUpApp,
    html`<p>${account.scan}</p>
      <div class="qr-code">${qrCode}</div>
      <p>${account.key}: <code>${inFours(secret)}</code></p>
      <form method="post" action="/account/security/app">
        ${renderField({
          name: 'code',
          label: account.code,
          type: 'text',
          autocomplete: 'one-time-code',
          inputMode: 'numeric',
          maxLength: 10,
          focused: true,
        })}
        <button type="submit">${account.confirm}</button>
      </form>
      <p class="hint"><a href="/account/security">${account.back}</a></p>`,
    word,
  );
}

function inFours(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(' ') ?? '';
}

/** Ten recovery codes, shown this once. */
export function renderRecoveryCodes(reader: Reader, codes: readonly string[]): string {
  const { account } = reader.texts;
  return renderAccountPage(
    reader,
    'security',
    account.recoveryTitle,
    html`<p>${account.recoveryLead}</p>
      <ul class="codes">
        ${codes.map((code) => html`<li><code>${code}</code></li>`)}
      </ul>
      <p><a class="button" href="/account/security">${account.kept}</a></p>`,
  );
}
