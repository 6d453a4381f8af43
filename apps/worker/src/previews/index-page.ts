import type { Preview } from './preview';

/** Leads to every mail that was written, by kind. */
export function indexPage(mails: readonly Preview[]): string {
  const kinds = [...new Set(mails.map(({ kind }) => kind))];
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Mails</title></head>
<body style="margin:0;background:#ffffff;color:#1a1a1a;font:16px/1.5 system-ui,sans-serif">
<main style="max-width:800px;margin:0 auto;padding:24px;overflow-wrap:anywhere">
<h1>Mails</h1>
<p>Written with sample data. Nothing was sent.</p>
${kinds.map((kind) => section(kind, mails)).join('\n')}
</main>
</body>
</html>
`;
}

function section(kind: string, mails: readonly Preview[]): string {
  const ofKind = mails.filter((mail) => mail.kind === kind);
  return `<h2>${kind}</h2>\n<ul>\n${ofKind.map(item).join('\n')}\n</ul>`;
}

function item({ name, language, subject }: Preview): string {
  return `<li><a href="${name}.html"><span lang="${language}">${escaped(subject)}</span></a> (${language}, <a href="${name}.txt" aria-label="${name} as text">text</a>)</li>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
