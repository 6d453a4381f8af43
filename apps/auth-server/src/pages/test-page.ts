import { html } from './html';
import { renderPage } from './layout';

/** `version`: the pending version that was tested; absent: what serves or will serve once switched on. */
export function renderTestPassed(label: string, version?: number): string {
  const next =
    version === undefined
      ? 'The connection can be switched on now.'
      : `Version ${version} can be promoted now; until then everybody signs in as before.`;
  return renderPage(
    'Test passed',
    html`<h1>The test passed</h1>
      <p>${label} signed you in, and every check was met. ${next}</p>
      <p class="hint">Nothing changed for anybody else. You can close this page.</p>`,
  );
}
