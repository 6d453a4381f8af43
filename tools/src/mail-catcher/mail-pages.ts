import { pageLayout } from '../web/page-layout';
import { escaped } from '../web/markup-text';
import type { CaughtMail } from './caught-mail';

/** All mails, newest first. */
export function mailListPage(mails: readonly CaughtMail[]): string {
  const rows = mails.map(row).join('');
  const list =
    rows === ''
      ? '<p>Nothing has been sent yet. Mails that Gatehouse sends in the demo appear here.</p>'
      : `<table><thead><tr><th>Subject</th><th>To</th><th>Sent</th></tr></thead><tbody>${rows}</tbody></table>`;
  return pageLayout({ title: 'Mail (demo)', body: `<h1>Mail (demo)</h1>${list}`, wide: true });
}

function row({ id, subject, to, at }: CaughtMail): string {
  return `<tr><td><a href="/mails/${id}">${escaped(subject || '(no subject)')}</a></td><td>${escaped(to.join(', '))}</td><td><time datetime="${at}">${at.slice(11, 19)} UTC</time></td></tr>`;
}

/** One mail; its own HTML is shown in a frame that may do nothing but open links in a new tab. */
export function mailPage({ id, subject, from, to, text, html }: CaughtMail): string {
  const body = `<p><a href="/">All mails</a></p><h1>${escaped(subject || '(no subject)')}</h1>
<p>From ${escaped(from)} to ${escaped(to.join(', '))}</p>
${html === null ? '' : frame(id, 'html', 'HTML part')}${text === '' ? '' : frame(id, 'text', 'Text part')}`;
  return pageLayout({ title: subject, body, wide: true });
}

function frame(id: number, part: string, label: string): string {
  return `<p>${label}</p><iframe title="${label}" src="/mails/${id}/${part}" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`;
}
