import { html, type Html } from '../html';
import { renderPage } from '../layout';
import type { Reader } from '../reader';

/** The pages of an account, in the order of their links. */
const places = {
  overview: '/account',
  organisations: '/account/organisations',
  sessions: '/account/sessions',
  security: '/account/security',
  connections: '/account/connections',
} as const;

export type AccountPlace = keyof typeof places;

/** What came of the form that led here: said once, above everything else. */
export interface AccountWord {
  readonly kind: 'done' | 'problem';
  readonly text: string;
}

/** One page of the account, with the way to the others. */
export function renderAccountPage(
  reader: Reader,
  place: AccountPlace,
  title: string,
  body: Html,
  word?: AccountWord,
): string {
  return renderPage(
    reader,
    title,
    html`${links(reader, place)}
      <h1>${title}</h1>
      ${word && renderWord(word)} ${body}`,
  );
}

function links({ texts: { account, linking } }: Reader, here: AccountPlace): Html {
  const each: [AccountPlace, string][] = [
    ['overview', account.overview],
    ['organisations', account.organisations],
    ['sessions', account.sessions],
    ['security', account.security],
    ['connections', linking.title],
  ];
  return html`<nav class="places" aria-label="${account.pages}">
    <ul>
      ${each.map(
        ([place, name]) =>
          html`<li>
            <a href="${places[place]}" ${place === here && html`aria-current="page"`}>${name}</a>
          </li>`,
      )}
    </ul>
  </nav>`;
}

function renderWord({ kind, text }: AccountWord): Html {
  return kind === 'done'
    ? html`<p class="note" role="status">${text}</p>`
    : html`<p class="problem" role="alert">${text}</p>`;
}

/** A time as somebody reads it: in their language, the day before the month, in UTC, which the page says. */
export function readableTime({ texts }: Reader, time: Date): string {
  const locale = texts.language === 'en' ? 'en-GB' : texts.language;
  const format = { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' } as const;
  return `${new Intl.DateTimeFormat(locale, format).format(time)} UTC`;
}
