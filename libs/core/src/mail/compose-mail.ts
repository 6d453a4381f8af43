import type { Mail } from '../shared/mailer';
import { letterHtml, letterText } from './letter-parts';
import type { OutgoingMail } from './outgoing-mail';
import { writeLetter } from './write-letter';

/** Writes the letter in the language of who gets it, as text and as HTML from the same description. */
export function composeMail({ id, to, language, message }: OutgoingMail): Mail {
  const letter = writeLetter(message, language);
  if (letter.action) requireWebAddress(letter.action.url);
  return {
    id,
    to,
    subject: letter.subject,
    text: letterText(letter, language),
    html: letterHtml(letter, language),
  };
}

// Links are built from the deployment's public URL; what is no web address never gets under a button of ours.
function requireWebAddress(url: string): void {
  const protocol = URL.parse(url)?.protocol;
  if (protocol !== 'https:' && protocol !== 'http:') throw new Error('A mail links to web addresses only.');
}
