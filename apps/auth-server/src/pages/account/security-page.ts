import { renderField } from '../form';
import { html, type Html } from '../html';
import { renderOwnAddress } from '../own-address';
import type { Reader } from '../reader';
import { readableTime, renderAccountPage, type AccountWord } from './account-page';

export interface ShownPasskey {
  readonly id: string;
  readonly label: string;
  readonly lastUsedAt?: Date | undefined;
}

/** What a person signs in with, as far as it is ours. */
export interface Security {
  /** For password managers: whose password the form is about. */
  readonly email: string;
  readonly passwordChangedAt?: Date | undefined;
  readonly hasApp: boolean;
  readonly passkeys: readonly ShownPasskey[];
  readonly recoveryCodesLeft: number;
  /** Whether a way in for emergencies is this person's to test. */
  readonly canDrill: boolean;
}

/** Password, authenticator app, passkeys and recovery codes (LOG-5). */
export function renderSecurity(reader: Reader, security: Security, word?: AccountWord): string {
  return renderAccountPage(
    reader,
    'security',
    reader.texts.account.security,
    html`${password(reader, security)}
    ${signsInHere(security) ? factors(reader, security) : factorsLater(reader)} ${drill(reader, security)}`,
    word,
  );
}

function password(reader: Reader, { passwordChangedAt, email }: Security): Html {
  const { account } = reader.texts;
  const title = html`<h2>${account.passwordTitle}</h2>`;
  if (!passwordChangedAt)
    return html`${title}
      <p>${account.noPassword}</p>
      <form method="post" action="/account/security/password-link">
        <button type="submit" class="quiet">${account.setPassword}</button>
      </form>`;
  return html`${title}
    <p class="hint">${account.hasPassword(readableTime(reader, passwordChangedAt))}</p>
    <form method="post" action="/account/security/password">
      ${renderOwnAddress(reader, email)}
      ${renderField({
        name: 'current',
        label: account.currentPassword,
        type: 'password',
        autocomplete: 'current-password',
        maxLength: 1024,
      })}
      ${renderField({
        name: 'next',
        label: account.newPassword,
        type: 'password',
        autocomplete: 'new-password',
        maxLength: 1024,
        hint: account.passwordRules,
      })}
      <button type="submit">${account.changePassword}</button>
    </form>`;
}

/** Second factors belong to a password: whoever has nothing of ours to sign in with, begins with one. */
function signsInHere({ passwordChangedAt, passkeys: known }: Security): boolean {
  return passwordChangedAt !== undefined || known.length > 0;
}

function factorsLater({ texts: { account } }: Reader): Html {
  return html`<h2>${account.factorsTitle}</h2>
    <p>${account.factorsLead}</p>
    <p class="hint">${account.passwordFirst}</p>`;
}

function factors(reader: Reader, security: Security): Html {
  const { account } = reader.texts;
  return html`<h2>${account.factorsTitle}</h2>
    <p>${account.factorsLead}</p>
    ${app(reader, security)} ${passkeys(reader, security)} ${recovery(reader, security)}`;
}

function app(reader: Reader, { hasApp }: Security): Html {
  const { account } = reader.texts;
  const title = html`<h3>${account.appTitle}</h3>`;
  if (hasApp)
    return html`${title}
      <p>${account.appOn}</p>
      <form method="post" action="/account/security/app/remove">
        <button type="submit" class="quiet">${account.removeApp}</button>
      </form>`;
  return html`${title}
    <p>${account.appOff}</p>
    <form method="post" action="/account/security/app/begin">
      <button type="submit" class="quiet">${account.setUpApp}</button>
    </form>`;
}

function passkeys(reader: Reader, { passkeys: known }: Security): Html {
  const { account } = reader.texts;
  return html`<h3>${account.passkeysTitle}</h3>
    ${known.length === 0 && html`<p>${account.noPasskeys}</p>`}
    <ul class="rows">
      ${known.map((each) => passkey(reader, each))}
    </ul>
    <noscript><p class="hint">${account.needsScript}</p></noscript>
    <form
      method="post"
      action="/account/security/passkeys"
      data-new-passkey="/account/security/passkeys/options"
      hidden
    >
      ${renderField({
        name: 'label',
        label: account.passkeyName,
        type: 'text',
        autocomplete: 'off',
        maxLength: 60,
        hint: account.passkeyNamePlaceholder,
      })}
      <input type="hidden" name="response" value="" />
      <p class="problem" role="alert" hidden>${account.passkeyFailed}</p>
      <button type="submit" class="quiet">${account.addPasskey}</button>
    </form>
    <script src="/assets/new-passkey.js" defer></script>`;
}

function passkey(reader: Reader, { id, label, lastUsedAt }: ShownPasskey): Html {
  const { account } = reader.texts;
  const use = lastUsedAt ? account.passkeyUse(readableTime(reader, lastUsedAt)) : account.passkeyUnused;
  return html`<li>
    <strong>${label}</strong> <span class="hint">${use}</span>
    <form method="post" action="/account/security/passkeys/remove">
      <input type="hidden" name="id" value="${id}" />
      <button type="submit" class="quiet">${account.removePasskey(label)}</button>
    </form>
  </li>`;
}

function recovery(reader: Reader, { recoveryCodesLeft, hasApp, passkeys: known }: Security): Html {
  const { account } = reader.texts;
  const title = html`<h3>${account.recoveryTitle}</h3>`;
  if (!hasApp && known.length === 0)
    return html`${title}
      <p>${account.recoveryLater}</p>`;
  const some = recoveryCodesLeft > 0;
  return html`${title}
    <p>${some ? account.recoveryLeft(recoveryCodesLeft) : account.noRecovery}</p>
    ${some && html`<p class="hint">${account.recoveryReplaces}</p>`}
    <form method="post" action="/account/security/recovery-codes">
      <button type="submit" class="quiet">${account.makeRecovery}</button>
    </form>`;
}

function drill({ texts: { account } }: Reader, security: Security): Html | undefined {
  if (!security.canDrill) return undefined;
  const begin = html`<p><a class="button quiet" href="/account/drill">${account.drill}</a></p>`;
  return html`<h2>${account.drillTitle}</h2>
    <p>${account.drillLead}</p>
    ${signsInHere(security) ? begin : html`<p class="hint">${account.passwordFirst}</p>`}`;
}
