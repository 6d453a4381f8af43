import { html } from './html';
import { renderPage } from './layout';
import type { Reader } from './reader';

/** `version`: the pending version that was tested; absent: what serves or will serve once switched on. */
export function renderTestPassed({ texts }: Reader, label: string, version?: number): string {
  const { test } = texts;
  return renderPage(
    { texts },
    test.title,
    html`<h1>${test.passed}</h1>
      <p>${test.checksMet(label)} ${version === undefined ? test.canSwitchOn : test.canPromote(version)}</p>
      <p class="hint">${test.nothingChanged}</p>`,
  );
}
