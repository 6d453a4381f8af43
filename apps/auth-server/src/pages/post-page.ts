import { html } from './html';
import { renderPage } from './layout';
import type { Reader } from './reader';

/** A form for another site. */
interface FormToSend {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Sends the browser on by POST: at once by script, by a button without. It cannot be had a second time. */
export function renderPostPage({ texts }: Reader, what: string, { url, fields }: FormToSend): string {
  const { title, continue: goOn } = texts.interlude;
  const inputs = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  );
  return renderPage(
    { texts },
    title,
    html`<h1>${title}</h1>
      <p>${what}</p>
      <form method="post" action="${url}" data-submit-at-once>
        ${inputs}
        <button type="submit">${goOn}</button>
      </form>
      <script src="/assets/submit-at-once.js"></script>`,
  );
}
