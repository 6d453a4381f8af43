import type { Letter, Letterhead, LetterValue } from './letter';
import type { MailLanguage } from './outgoing-mail';

interface Phrases {
  readonly greeting: string;
  /** Before the address in full, for who cannot or would rather not press a button. */
  readonly orOpen: string;
  readonly closing: (letterhead: Letterhead) => string;
  /** With the space that a language puts before it. */
  readonly colon: string;
}

const phrases: Record<MailLanguage, Phrases> = {
  en: {
    greeting: 'Hello,',
    orOpen: 'Or open this address in your browser:',
    closing: ({ product, answered }) =>
      `This mail was sent automatically by ${product}${answered ? '.' : '; answers are not read.'}`,
    colon: ':',
  },
  de: {
    greeting: 'Guten Tag,',
    orOpen: 'Oder öffnen Sie diese Adresse im Browser:',
    closing: ({ product, answered }) =>
      `Diese E-Mail wurde automatisch von ${product} gesendet${answered ? '.' : '; Antworten werden nicht gelesen.'}`,
    colon: ':',
  },
  fr: {
    greeting: 'Bonjour,',
    orOpen: 'Ou ouvrez cette adresse dans votre navigateur :',
    closing: ({ product, answered }) =>
      `Ce message a été envoyé automatiquement par ${product}${answered ? '.' : ' ; les réponses ne sont pas lues.'}`,
    colon: ' :',
  },
};

export function letterText(letter: Letter, language: MailLanguage, letterhead: Letterhead): string {
  const { paragraphs, values = [], action, advice } = letter;
  const { greeting, closing, colon } = phrases[language];
  const copyable = values.map(({ label, value }) => `${label}${colon}\n${value}`);
  const link = action ? [`${action.label}${colon}\n${action.url}`] : [];
  return `${[greeting, ...paragraphs, ...copyable, ...link, advice, `-- \n${closing(letterhead)}`].join('\n\n')}\n`;
}

/** Plain markup without pictures: nothing in it tells anybody that the mail was opened. */
export function letterHtml(letter: Letter, language: MailLanguage, letterhead: Letterhead): string {
  const { subject, paragraphs, values = [], action, advice } = letter;
  const { greeting, orOpen, closing } = phrases[language];
  const body = [
    ...[greeting, ...paragraphs].map(paragraph),
    ...values.map(copyable),
    ...(action ? [button(action), address(orOpen, action.url)] : []),
    paragraph(advice),
    `<p style="font-size:14px;color:#595959">${escaped(closing(letterhead))}</p>`,
  ];
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no"><title>${escaped(subject)}</title></head>
<body style="margin:0;background:#ffffff;color:#1a1a1a;font:16px/1.5 system-ui,sans-serif">
<main style="max-width:560px;margin:0 auto;padding:24px">
<h1 style="font-size:20px;line-height:1.3">${escaped(subject)}</h1>
${body.join('\n')}
</main>
</body>
</html>
`;
}

function paragraph(text: string): string {
  return `<p>${escaped(text)}</p>`;
}

// Not a table: screen readers read label and value in turn, and a long value wraps on a narrow screen.
function copyable({ label, value }: LetterValue): string {
  const look =
    'display:block;padding:8px 12px;background:#f2f2f2;font-family:ui-monospace,Menlo,Consolas,monospace;font-size:15px;overflow-wrap:anywhere';
  return `<p>${escaped(label)}<br><code style="${look}">${escaped(value)}</code></p>`;
}

function button({ label, url }: { readonly label: string; readonly url: string }): string {
  const look = 'display:inline-block;padding:12px 20px;border-radius:6px;background:#1a4fd6;color:#ffffff';
  return `<p><a href="${escaped(url)}" style="${look}">${escaped(label)}</a></p>`;
}

function address(words: string, url: string): string {
  return `<p>${escaped(words)}<br><a href="${escaped(url)}" style="color:#1a4fd6;overflow-wrap:anywhere">${escaped(url)}</a></p>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
}
