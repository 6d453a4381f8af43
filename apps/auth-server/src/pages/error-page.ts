import { errorCatalogue, type MessageKey, type SsoError } from '@gatehouse/core';
import { html, type Html } from './html';
import { textsFor } from './language';
import { renderPage } from './layout';
import type { Texts } from './texts';

/** What is told of a refusal, and in which of our languages (`Accept-Language`). */
export interface RefusalShown {
  readonly refusal: SsoError;
  readonly reference: string;
  readonly acceptLanguage?: string | undefined;
  /** Where to go on; else back to sign-in. */
  readonly again?: string | undefined;
}

/** Says what the person can do, and keeps the precise reason for the IT team, folded away. */
export function renderErrorPage({ refusal, reference, acceptLanguage, again }: RefusalShown): string {
  const texts = textsFor(acceptLanguage);
  const key = errorCatalogue[refusal.code].text;
  const title = titleOf(key, texts);
  return renderPage(
    title,
    html`<h1>${title}</h1>
      <p role="alert">${texts.messages[key](organisationOf(refusal, texts))}</p>
      ${key === 'signInLoop' && loopCauses(texts)}
      <p>
        <a class="button" href="${again ?? '/login'}"
          >${again === undefined ? texts.backToSignIn : texts.tryAgain}</a
        >
      </p>
      <p class="hint">${texts.reference} <code>${reference}</code></p>
      ${details(refusal, texts)}`,
    texts.language,
  );
}

const noAccess: readonly MessageKey[] = [
  'outsideDomains',
  'byInvitation',
  'notLinked',
  'suspended',
  'organisationSuspended',
  'noAccess',
];

function titleOf(key: MessageKey, texts: Texts): string {
  if (noAccess.includes(key)) return texts.noAccessTitle;
  return key === 'signInLoop' || key === 'applicationLoop' ? texts.loopTitle : texts.notFinished;
}

/** Only a refusal that knows it says which organisation: one that its own identity provider vouched for. */
function organisationOf({ details: { organisation } }: SsoError, texts: Texts): string {
  return typeof organisation === 'string' ? organisation : texts.yourOrganisation;
}

function loopCauses(texts: Texts): Html {
  return html`<h2>${texts.causes}</h2>
    <ul>
      ${texts.loopCauses.map((cause) => html`<li>${cause}</li>`)}
    </ul>`;
}

function details(refusal: SsoError, texts: Texts): Html {
  return html`<details>
    <summary>${texts.details}</summary>
    <dl>
      <dt>${texts.code}</dt>
      <dd><code>${refusal.code}</code></dd>
      <dt>${texts.whatHappened}</dt>
      <dd>${refusal.code === 'internal' ? texts.messages.ours('') : refusal.message}</dd>
      ${fact(texts.expected, refusal.details.want)} ${fact(texts.received, refusal.details.got)}
    </dl>
  </details>`;
}

function fact(name: string, value: unknown): Html | undefined {
  if (value === undefined) return undefined;
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  return html`<dt>${name}</dt>
    <dd><code>${shown.slice(0, 300)}</code></dd>`;
}
