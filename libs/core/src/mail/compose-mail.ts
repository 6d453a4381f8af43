import type { Mail } from '../shared/mailer';
import type { Letter } from './letter';
import { breakGlassUsed } from './letters/break-glass-used';
import { invitation } from './letters/invitation';
import { passwordChanged } from './letters/password-changed';
import { passwordReset } from './letters/password-reset';
import { secondFactorChanged } from './letters/second-factor-changed';
import type { MailMessage } from './mail-message';
import type { MailLanguage, OutgoingMail } from './outgoing-mail';
import { letterHtml, letterText } from './letter-parts';

/** Writes the letter in the language of who gets it, as text and as HTML from the same description. */
export function composeMail({ id, to, language, message }: OutgoingMail): Mail {
  const letter = letterOf(message, language);
  if (letter.action) requireWebAddress(letter.action.url);
  return {
    id,
    to,
    subject: letter.subject,
    text: letterText(letter, language),
    html: letterHtml(letter, language),
  };
}

function letterOf(message: MailMessage, language: MailLanguage): Letter {
  const time = timeIn(language);
  switch (message.kind) {
    case 'invitation':
      return invitation[language](message, time);
    case 'password-reset':
      return passwordReset[language](message, time);
    case 'password-changed':
      return passwordChanged[language](message, time);
    case 'second-factor-changed':
      return secondFactorChanged[language](message, time);
    case 'break-glass-used':
      return breakGlassUsed[language](message, time);
  }
}

/** With its zone, because nobody knows where the reader is. */
function timeIn(language: MailLanguage): (moment: Date) => string {
  const format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    ...{ day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' },
    ...{ timeZone: 'UTC', timeZoneName: 'short' },
  });
  return (moment) => format.format(moment);
}

// Links are built from the deployment's public URL; what is no web address never gets under a button of ours.
function requireWebAddress(url: string): void {
  const protocol = URL.parse(url)?.protocol;
  if (protocol !== 'https:' && protocol !== 'http:') throw new Error('A mail links to web addresses only.');
}
