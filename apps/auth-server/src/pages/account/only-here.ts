import { html, type Html } from '../html';
import type { Reader } from '../reader';

/** Why somebody sees of their account what concerns one organisation alone, and what shows the rest at this address. */
export function renderOnlyHere({ texts: { account } }: Reader, organisation: string, address: string): Html {
  return html`<p>${account.onlyHere(organisation)}</p>
    <form method="post" action="${address}">
      <button type="submit" class="quiet">${account.prove}</button>
    </form>`;
}
