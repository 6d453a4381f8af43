import { html, type Html } from './html';
import type { Reader } from './reader';
import { languageNames, languages, type Language } from './texts/language';

/** A whole page: one card in the middle, readable without style sheet or script. */
export function renderPage(reader: Reader, title: string, body: Html): string {
  return html`<!doctype html>
    <html lang="${reader.texts.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>${title} · ${reader.texts.product}</title>
        <link rel="stylesheet" href="/assets/pages.css" />
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
      </head>
      <body>
        <main class="card">
          <p class="mark">
            <img src="/assets/icon.svg" alt="" width="32" height="32" /> ${reader.texts.product}
          </p>
          ${body}
        </main>
        ${languageSwitch(reader)}
      </body>
    </html>`.markup;
}

function languageSwitch({ texts, query }: Reader): Html | undefined {
  if (!query) return undefined;
  return html`<nav class="languages" aria-label="${texts.shell.language}">
    ${languages.map((language) => languageLink(language, texts.language, query))}
  </nav>`;
}

/** The address holds a query only: whatever path was asked for, the link stays on this page. */
function languageLink(language: Language, current: Language, query: URLSearchParams): Html {
  const changed = new URLSearchParams(query);
  changed.set('lang', language);
  const isCurrent = language === current ? 'true' : 'false';
  return html`<a
    href="?${changed.toString()}"
    lang="${language}"
    hreflang="${language}"
    aria-current="${isCurrent}"
    >${languageNames[language]}</a
  >`;
}
