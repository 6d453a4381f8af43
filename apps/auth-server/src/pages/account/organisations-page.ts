import type { Tenant } from '@gatehouse/core';
import { html } from '../html';
import type { Reader } from '../reader';
import { renderAccountPage } from './account-page';

/** The organisations of a person, each of which asks for itself (SES-2). */
export function renderOrganisations(reader: Reader, here: Tenant, others: readonly Tenant[]): string {
  const { account } = reader.texts;
  return renderAccountPage(
    reader,
    'organisations',
    account.switchTitle,
    html`<p>${account.switchLead}</p>
      <p><strong>${here.name}</strong> <span class="badge">${account.here}</span></p>
      ${
        others.length === 0
          ? html`<p class="hint">${account.noOther}</p>`
          : html`<ul class="rows">
              ${others.map(
                ({ slug, name }) =>
                  html`<li>
                    <a class="button quiet" href="/account/sign-in?tenant=${slug}"
                      >${account.switchTo(name)}</a
                    >
                  </li>`,
              )}
            </ul>`
      }`,
  );
}
