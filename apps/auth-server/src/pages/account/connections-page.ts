import type { OwnLink } from '@gatehouse/core';
import { html, type Html } from '../html';
import type { Reader } from '../reader';
import { readableTime, renderAccountPage, type AccountWord } from './account-page';
import { renderOnlyHere } from './only-here';

export interface ConnectionsShown {
  /** Where the organisation's own identity provider vouched for the person, and nobody else. */
  readonly onlyOf?: string | undefined;
  readonly word?: AccountWord | undefined;
}

/** By which sign-ins the account opens, and those that it could be connected to. */
export function renderConnections(
  reader: Reader,
  links: readonly OwnLink[],
  { onlyOf, word }: ConnectionsShown = {},
): string {
  const { linking } = reader.texts;
  const open = links.filter(({ since }) => since === undefined);
  return renderAccountPage(
    reader,
    'connections',
    linking.title,
    html`${renderLinked(reader, links)} ${open.length > 0 && renderOpen(reader, open)}
    ${onlyOf !== undefined && renderOnlyHere(reader, onlyOf, '/account/connections')}`,
    word,
  );
}

function renderLinked(reader: Reader, links: readonly OwnLink[]): Html {
  const { linking } = reader.texts;
  const rows = links.flatMap(({ organisation, connection, since }) =>
    since === undefined
      ? []
      : [
          html`<li>
            <strong>${linking.linked(connection.label, organisation)}</strong>
            <p class="hint">${linking.since(readableTime(reader, since))}</p>
          </li>`,
        ],
  );
  if (rows.length === 0) return html`<p>${linking.none}</p>`;
  return html`<p>${linking.lead}</p>
    <ul class="rows">
      ${rows}
    </ul>`;
}

function renderOpen({ texts: { linking } }: Reader, open: readonly OwnLink[]): Html {
  return html`<h2>${linking.canConnect}</h2>
    <p>${linking.canConnectLead}</p>
    ${open.map(
      ({ organisation, connection }) =>
        html`<form method="post" action="/account/connections/connect">
          <input type="hidden" name="connection" value="${connection.id}" />
          <button type="submit" class="quiet">${linking.connectWith(connection.label, organisation)}</button>
        </form>`,
    )}`;
}
