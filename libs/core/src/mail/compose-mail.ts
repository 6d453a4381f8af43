import type { Mail } from '../shared/mailer';
import type { Letterhead } from './letter';
import { letterHtml, letterText } from './letter-parts';
import type { OutgoingMail } from './outgoing-mail';
import { writeLetter } from './write-letter';

/** Writes the letter in the language of who gets it, as text and as HTML from the same description. */
export function composeMail({ id, to, message, ...mail }: OutgoingMail, letterhead: Letterhead): Mail {
  const language = mail.language ?? letterhead.language;
  const letter = writeLetter(message, language, letterhead.product);
  if (letter.action) requireWebAddress(letter.action.url);
  return {
    id,
    to,
    subject: letter.subject,
    text: letterText(letter, language, letterhead),
    html: letterHtml(letter, language, letterhead),
  };
}

// Links are built from the deployment's public URL; what is no web address never gets under a button of ours.
function requireWebAddress(url: string): void {
  const protocol = URL.parse(url)?.protocol;
  if (protocol !== 'https:' && protocol !== 'http:') throw new Error('A mail links to web addresses only.');
}
