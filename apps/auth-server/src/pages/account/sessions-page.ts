import type { Session } from '@gatehouse/core';
import { html, type Html } from '../html';
import type { Reader } from '../reader';
import { readableTime, renderAccountPage, type AccountWord } from './account-page';
import { renderOnlyHere } from './only-here';

/** A session of one's own, as the page shows it. */
export interface OwnSession {
  readonly session: Session;
  readonly organisation: string;
  /** What the browser is, in a few words; absent where it did not say. */
  readonly device?: string;
  /** The one that this page is looked at with. */
  readonly isThis: boolean;
}

export interface SessionsShown {
  readonly word?: AccountWord;
  /** The one organisation whose sessions these are, where the others' are not shown. */
  readonly onlyOf?: string;
}

/** Where a person is signed in, and how to end it (SES-3). */
export function renderSessions(
  reader: Reader,
  sessions: readonly OwnSession[],
  { word, onlyOf }: SessionsShown = {},
): string {
  const { account } = reader.texts;
  const others = sessions.some(({ isThis }) => !isThis);
  return renderAccountPage(
    reader,
    'sessions',
    account.sessionsTitle,
    html`<p>${account.sessionsLead}</p>
      <ul class="rows">
        ${sessions.map((each) => row(reader, each))}
      </ul>
      ${
        others &&
        html`<form method="post" action="/account/sessions/end-others">
          <button type="submit">${account.endOthers}</button>
        </form>`
      }
      ${onlyOf !== undefined && renderOnlyHere(reader, onlyOf, '/account/sessions')}`,
    word,
  );
}

function row(reader: Reader, { session, organisation, device, isThis }: OwnSession): Html {
  const { account } = reader.texts;
  return html`<li>
    <strong>${device ?? account.unknownDevice}</strong>
    ${isThis && html`<span class="badge">${account.thisOne}</span>`}
    <dl>
      <dt>${account.organisation}</dt>
      <dd>${organisation}, ${account.ways[session.via]}</dd>
      <dt>${account.since}</dt>
      <dd>${readableTime(reader, session.createdAt)}</dd>
      ${
        session.address !== undefined &&
        html`<dt>${account.from}</dt>
          <dd>${session.address}</dd>`
      }
    </dl>
    ${
      !isThis &&
      html`<form method="post" action="/account/sessions/${session.id}/end">
        <button type="submit" class="quiet">${account.end}</button>
      </form>`
    }
  </li>`;
}
