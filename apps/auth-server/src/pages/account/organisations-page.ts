import type { Tenant } from '@gatehouse/core';
import { html, type Html } from '../html';
import type { Reader } from '../reader';
import { renderAccountPage } from './account-page';
import { renderOnlyHere } from './only-here';

/** An organisation to go to, and by which way where it is not the organisation's first. */
export interface OtherOrganisation extends Pick<Tenant, 'slug' | 'name'> {
  readonly way: 'password' | 'choose' | undefined;
}

/** The organisations of a person, each of which asks for itself (SES-2); `hidden` from who is vouched for by one of them. */
export function renderOrganisations(
  reader: Reader,
  here: Tenant,
  others: readonly OtherOrganisation[] | 'hidden',
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

function renderOthers({ texts: { account } }: Reader, others: readonly OtherOrganisation[]): Html {
  if (others.length === 0) return html`<p class="hint">${account.noOther}</p>`;
  return html`<ul class="rows">
    ${others.map(
      (other) =>
        html`<li>
          <a class="button quiet" href="${addressOf(other)}">${account.switchTo(other.name)}</a>
        </li>`,
    )}
  </ul>`;
}

function addressOf({ slug, way }: OtherOrganisation): string {
  return `/account/sign-in?${new URLSearchParams({ tenant: slug, ...(way && { way }) }).toString()}`;
}
