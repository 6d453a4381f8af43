import { connectionId, errorCatalogue, type MessageKey, type SsoError } from '@gatehouse/core';
import { html, type Html } from './html';
import { renderPage } from './layout';
import type { Reader } from './reader';
import { languageNames, languages } from './texts/language';
import { textsIn, type Texts } from './texts/texts';

/** What is told of a refusal. */
export interface RefusalShown {
  readonly refusal: SsoError;
  readonly reference: string;
  /** Where to go on; else back to sign-in. */
  readonly again?: string | undefined;
}

/**
 * Says what the person can do, and keeps the precise reason for the IT team, folded away. It cannot be had a second time,
 * so that the other languages are on the page itself.
 */
export function renderErrorPage({ texts }: Reader, { refusal, reference, again }: RefusalShown): string {
  const key = errorCatalogue[refusal.code].text;
  const title = titleOf(key, texts);
  const { errors } = texts;
  return renderPage(
    { texts },
    title,
    html`<h1>${title}</h1>
      <p role="alert">${texts.messages[key](organisationOf(refusal, texts))}</p>
      ${key === 'signInLoop' && loopCauses(texts)} ${askForLink(refusal, texts)}
      <p>
        <a class="button" href="${again ?? '/login/ways'}"
          >${again === undefined ? errors.backToSignIn : errors.tryAgain}</a
        >
      </p>
      <p class="hint">${errors.reference} <code>${reference}</code></p>
      ${details(refusal, texts)} ${otherLanguages(refusal, texts)}`,
  );
}

/** Where the identity provider named an address that a member may have: to that one alone a link can be mailed (LOG-9). */
function askForLink({ code, details }: SsoError, { linking }: Texts): Html | undefined {
  const { connection, got } = details;
  if (code !== 'link_required' && code !== 'email_domain_not_verified') return undefined;
  if (!connectionId.is(connection) || typeof got !== 'string' || !got.includes('@')) return undefined;
  return html`<form method="post" action="/link/ask">
    <input type="hidden" name="connection" value="${connection}" />
    <input type="hidden" name="email" value="${got}" />
    <p>${linking.askLead}</p>
    <button type="submit" class="quiet">${linking.ask}</button>
  </form>`;
}

function otherLanguages(refusal: SsoError, { language: shown }: Texts): readonly Html[] {
  const key = errorCatalogue[refusal.code].text;
  const others = languages.filter((language) => language !== shown).map((each) => textsIn(each));
  return others.map(
    (texts) =>
      html`<details class="other-language" lang="${texts.language}">
        <summary>${languageNames[texts.language]}</summary>
        <h2>${titleOf(key, texts)}</h2>
        <p>${texts.messages[key](organisationOf(refusal, texts))}</p>
        ${key === 'signInLoop' && loopCauses(texts)}
      </details>`,
  );
}

const noAccess: readonly MessageKey[] = [
  'outsideDomains',
  'byInvitation',
  'notLinked',
  'suspended',
  'removed',
  'deprovisioned',
  'organisationSuspended',
  'noAccess',
];

function titleOf(key: MessageKey, { errors, tenant }: Texts): string {
  if (key === 'noPage') return tenant.unknownTitle;
  if (noAccess.includes(key)) return errors.noAccess;
  return key === 'signInLoop' || key === 'applicationLoop' ? errors.loop : errors.notFinished;
}

/** Only a refusal that knows it says which organisation: one that its own identity provider vouched for. */
function organisationOf({ details: { organisation } }: SsoError, { errors }: Texts): string {
  return typeof organisation === 'string' ? organisation : errors.yourOrganisation;
}

function loopCauses({ errors }: Texts): Html {
  return html`<h2>${errors.causes}</h2>
    <ul>
      ${errors.loopCauses.map((cause) => html`<li>${cause}</li>`)}
    </ul>`;
}

function details(refusal: SsoError, { errors, messages }: Texts): Html {
  return html`<details>
    <summary>${errors.details}</summary>
    <dl>
      <dt>${errors.code}</dt>
      <dd><code>${refusal.code}</code></dd>
      <dt>${errors.whatHappened}</dt>
      <dd lang="en">${refusal.code === 'internal' ? messages.ours('') : refusal.message}</dd>
      ${fact(errors.expected, refusal.details.want)} ${fact(errors.received, refusal.details.got)}
    </dl>
  </details>`;
}

function fact(name: string, value: unknown): Html | undefined {
  if (value === undefined) return undefined;
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  return html`<dt>${name}</dt>
    <dd><code>${shown.slice(0, 300)}</code></dd>`;
}
