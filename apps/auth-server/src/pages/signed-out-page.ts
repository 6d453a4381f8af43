import { html } from './html';
import { renderPage } from './layout';

export function renderSignedOut(): string {
  return renderPage('Signed out', html`<h1>You are signed out</h1>`);
}
