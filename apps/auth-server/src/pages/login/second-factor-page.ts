import type { SecondFactor } from '@gatehouse/core';
import { renderField, renderFormPage, type Field, type Problem } from '../form';
import { html, type Html } from '../html';
import type { Reader } from '../reader';

export interface SecondFactorPage {
  /** The one that is asked for. */
  readonly by: SecondFactor;
  /** All that could be asked for. */
  readonly enrolled: readonly SecondFactor[];
  /** No sign-in, but the test of the way in for emergencies. */
  readonly isDrill?: boolean | undefined;
  readonly problem?: Problem;
}

const action = '/login/second-factor';

/** One factor at a time, with links to the others that the person has set up. */
export function renderSecondFactorPage(reader: Reader, page: SecondFactorPage): string {
  const { secondFactor } = reader.texts;
  const { by, problem } = page;
  const content = html`${by === 'passkey' ? passkeyForm(reader, page) : codeForm(reader, page)}
    ${otherWays(reader, page)}
    <p class="links">
      <a href="${page.isDrill ? '/account/drill' : '/login/ways'}">${secondFactor.startOver}</a>
    </p>`;
  return renderFormPage(reader, secondFactor.title, { problem, content });
}

function codeForm({ texts: { secondFactor } }: Reader, page: SecondFactorPage): Html {
  const { by, problem } = page;
  const isTotp = by === 'totp';
  return html`<p>${isTotp ? secondFactor.totpLead : secondFactor.recoveryLead}</p>
    <form method="post" action="${action}" novalidate>
      ${offer(page)} ${renderField(isTotp ? totpField(secondFactor) : recoveryField(secondFactor), problem)}
      <button type="submit">${secondFactor.confirm}</button>
    </form>`;
}

/** What the form was about comes along with it, so that the page can be shown again. */
function offer({ by, enrolled, isDrill }: SecondFactorPage): Html {
  return html`<input type="hidden" name="by" value="${by}" />
    <input type="hidden" name="of" value="${enrolled.join('.')}" />
    ${isDrill && html`<input type="hidden" name="for" value="drill" />`}`;
}

type Words = Reader['texts']['secondFactor'];

/** As the authenticator app shows it, spaces included. */
function totpField({ code, codeHint }: Words): Field {
  const kind = { type: 'text', autocomplete: 'one-time-code', inputMode: 'numeric', maxLength: 12 } as const;
  return { name: 'code', label: code, hint: codeHint, ...kind, focused: true };
}

function recoveryField({ recoveryCode }: Words): Field {
  const kind = { type: 'text', autocomplete: 'off', maxLength: 64 } as const;
  return { name: 'code', label: recoveryCode, ...kind, focused: true };
}

function passkeyForm({ texts: { secondFactor, login } }: Reader, page: SecondFactorPage): Html {
  return html`<p>${secondFactor.passkeyLead}</p>
    <noscript><p class="note">${secondFactor.passkeyNeedsScript}</p></noscript>
    <form
      class="passkey"
      method="post"
      action="${action}"
      data-passkey="/login/second-factor/passkey-options"
      hidden
    >
      ${offer(page)}
      <input type="hidden" name="response" />
      <button type="button">${secondFactor.usePasskey}</button>
      <p class="wrong" role="alert" hidden>${login.passkeyFailed}</p>
    </form>
    <script src="/assets/passkey.js" defer></script>`;
}

function otherWays({ texts: { secondFactor } }: Reader, page: SecondFactorPage): Html | false {
  const { by, enrolled, isDrill } = page;
  const words = {
    totp: secondFactor.useTotp,
    passkey: secondFactor.usePasskey,
    'recovery-code': secondFactor.useRecovery,
  };
  const others = enrolled.filter((factor) => factor !== by);
  return (
    others.length > 0 &&
    html`<ul class="ways">
      ${others.map((factor) => html`<li><a href="${secondFactorAddress({ by: factor, enrolled, isDrill })}">${words[factor]}</a></li>`)}
    </ul>`
  );
}

/** The page can be had again by its address: what it offers stands there, and proves nothing. */
export function secondFactorAddress({ by, enrolled, isDrill }: Omit<SecondFactorPage, 'problem'>): string {
  const shown = { by, of: enrolled.join('.'), ...(isDrill && { for: 'drill' }) };
  return `${action}?${new URLSearchParams(shown).toString()}`;
}
