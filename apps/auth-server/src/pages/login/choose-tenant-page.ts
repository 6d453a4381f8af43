import type { Tenant } from '@gatehouse/core';
import { html } from '../html';
import { renderPage } from '../layout';
import type { Reader } from '../reader';

/** The account belongs to several organisations, and nothing said which of them is meant. */
export function renderChooseTenant(reader: Reader, tenants: readonly Pick<Tenant, 'id' | 'name'>[]): string {
  const { tenant } = reader.texts;
  return renderPage(
    reader,
    tenant.chooseTitle,
    html`<h1>${tenant.chooseTitle}</h1>
      <p>${tenant.chooseLead}</p>
      <form method="post" action="/login/tenant">
        ${tenants.map(
          ({ id, name }) =>
            html`<button type="submit" class="quiet" name="tenant" value="${id}">${name}</button>`,
        )}
      </form>`,
  );
}
