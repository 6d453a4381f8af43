/** Markup that is safe to send: made only by `html`, which escapes everything that is put into it. */
export class Html {
  constructor(readonly markup: string) {}
}

type Insert = Html | string | number | undefined | false | readonly Html[];

/** Builds markup from a template; every insert but markup itself is escaped. */
export function html(parts: TemplateStringsArray, ...inserts: readonly Insert[]): Html {
  return new Html(parts.reduce((text, part, index) => text + render(inserts[index - 1]) + part));
}

function render(insert: Insert): string {
  if (insert === undefined || insert === false) return '';
  if (insert instanceof Html) return insert.markup;
  if (typeof insert === 'object') return insert.map((item) => item.markup).join('');
  return escape(String(insert));
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
