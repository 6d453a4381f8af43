import { html } from './html';
import { renderPage } from './layout';

export function renderTestPassed(label: string): string {
  return renderPage(
    'Test passed',
    html`<h1>The test passed</h1>
      <p>${label} signed you in, and every check was met. The connection can be switched on now.</p>
      <p class="hint">Nothing changed for anybody else. You can close this page.</p>`,
  );
}
