import type { Tenant } from '@gatehouse/core';
import { html, type Html } from '../html';
import type { Reader } from '../reader';
import { renderAccountPage } from './account-page';
import { renderOnlyHere } from './only-here';

/** The organisations of a person, each of which asks for itself (SES-2); `hidden` from who is vouched for by one of them. */
export function renderOrganisations(
  reader: Reader,
  here: Tenant,
  others: readonly Tenant[] | 'hidden',
): string {
  const { account } = reader.texts;
  return renderAccountPage(
    reader,
    'organisations',
    account.switchTitle,
    html`<p>${account.switchLead}</p>
      <p><strong>${here.name}</strong> <span class="badge">${account.here}</span></p>
      ${
        others === 'hidden'
          ? renderOnlyHere(reader, here.name, '/account/organisations')
          : renderOthers(reader, others)
      }`,
  );
}

function renderOthers({ texts: { account } }: Reader, others: readonly Tenant[]): Html {
  if (others.length === 0) return html`<p class="hint">${account.noOther}</p>`;
  return html`<ul class="rows">
    ${others.map(
      ({ slug, name }) =>
        html`<li>
          <a class="button quiet" href="/account/sign-in?tenant=${slug}">${account.switchTo(name)}</a>
        </li>`,
    )}
  </ul>`;
}
