import { errorCatalogue, messages, type SsoError } from '@gatehouse/core';
import { html, type Html } from './html';
import { renderPage } from './layout';

/** Says what the person can do, and keeps the precise reason for the IT team, folded away. */
export function renderErrorPage(refusal: SsoError, reference: string): string {
  const { text } = errorCatalogue[refusal.code];
  return renderPage(
    'Sign-in not finished',
    html`<h1>We could not finish signing you in</h1>
      <p role="alert">${messages[text]}</p>
      <p><a class="button" href="/login">Back to sign-in</a></p>
      <p class="hint">Reference <code>${reference}</code></p>
      <details>
        <summary>Details for your IT team</summary>
        <dl>
          <dt>Code</dt>
          <dd><code>${refusal.code}</code></dd>
          <dt>What happened</dt>
          <dd>${refusal.code === 'internal' ? messages.ours : refusal.message}</dd>
          ${fact('Expected', refusal.details.want)} ${fact('Received', refusal.details.got)}
        </dl>
      </details>`,
  );
}

function fact(name: string, value: unknown): Html | undefined {
  if (value === undefined) return undefined;
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  return html`<dt>${name}</dt>
    <dd><code>${shown.slice(0, 300)}</code></dd>`;
}
