import { renderField, type Problem } from '../form';
import { html } from '../html';
import { renderOwnAddress } from '../own-address';
import type { Reader } from '../reader';
import { renderAccountPage } from './account-page';

/** The password of the test of the way in for emergencies; the second factor is asked for as at a sign-in. */
export function renderDrill(reader: Reader, email: string, problem?: Problem): string {
  const { account } = reader.texts;
  return renderAccountPage(
    reader,
    'security',
    account.drillTitle,
    html`<p>${account.drillLead}</p>
      <form method="post" action="/account/drill">
        ${renderOwnAddress(reader, email)}
        ${renderField(
          {
            name: 'password',
            label: account.currentPassword,
            type: 'password',
            autocomplete: 'current-password',
            maxLength: 1024,
            focused: true,
          },
          problem,
        )}
        <button type="submit">${account.drill}</button>
      </form>
      <p class="links"><a href="/account/security">${account.back}</a></p>`,
  );
}
