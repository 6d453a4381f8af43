import type { Connection } from '@gatehouse/core';
import { html, type Html } from '../html';
import type { Reader } from '../reader';

/** What the page needs to know of a connection. */
export type SsoChoice = Pick<Connection, 'id' | 'label'>;

/** One button for each connection that is switched on, by the name that the tenant gave it (LOG-4). */
export function renderSsoButtons({ texts: { tenant } }: Reader, connections: readonly SsoChoice[]): Html {
  return html`<form method="post" action="/login/sso">
    ${connections.map(
      ({ id, label }) =>
        html`<button type="submit" class="sso" name="connection" value="${id}">
          ${tenant.bySaml} <small>${label}</small>
        </button>`,
    )}
  </form>`;
}
