import { html } from './html';
import { renderPage } from './layout';

/** Sends the browser on by POST: at once by script, by a button without. */
export function renderPostPage(
  url: string,
  fields: Readonly<Record<string, string>>,
  what = "You are being sent to your company's sign-in.",
): string {
  const inputs = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  );
  return renderPage(
    'One moment',
    html`<h1>One moment</h1>
      <p>${what}</p>
      <form method="post" action="${url}" data-submit-at-once>
        ${inputs}
        <button type="submit">Continue</button>
      </form>
      <script src="/assets/submit-at-once.js"></script>`,
  );
}
