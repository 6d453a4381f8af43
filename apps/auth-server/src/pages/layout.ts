import { html, type Html } from './html';

/** A whole page: one card in the middle, readable without style sheet or script. */
export function renderPage(title: string, body: Html, language = 'en'): string {
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <link rel="stylesheet" href="/assets/pages.css" />
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
      </head>
      <body>
        <main class="card">
          <img class="mark" src="/assets/icon.svg" alt="" width="32" height="32" />
          ${body}
        </main>
      </body>
    </html>`.markup;
}
