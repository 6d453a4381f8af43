import type { MailedStanding } from '@gatehouse/core';
import { html } from '../html';
import { renderPage } from '../layout';
import type { Reader } from '../reader';

/** What the link of a mail leads to: whose account, and to which sign-in. */
export interface MailedLinkPage {
  readonly token: string;
  readonly organisation: string;
  readonly connection: string;
  readonly email: string;
}

/** It changes nothing by being looked at, for scanners of mail follow links too. */
export function renderMailedLink(reader: Reader, page: MailedLinkPage): string {
  const { linking } = reader.texts;
  return renderPage(
    reader,
    linking.mailTitle,
    html`<h1>${linking.mailTitle}</h1>
      <p>${linking.mailLead(page.organisation, page.connection)}</p>
      <dl>
        <dt>${linking.account}</dt>
        <dd>${page.email}</dd>
      </dl>
      <form method="post" action="/link/${page.token}">
        <button type="submit">${linking.connect}</button>
      </form>
      <p class="hint">${linking.nothingYet}</p>`,
  );
}

/** `token`: of a link that a new one can be asked for with. */
export function renderUnusableLink(
  reader: Reader,
  why: Exclude<MailedStanding, 'open'> | 'unknown',
  token?: string,
): string {
  const { linking } = reader.texts;
  return renderPage(
    reader,
    linking.unusableTitle,
    html`<h1>${linking.unusableTitle}</h1>
      <p>${linking[why]}</p>
      ${
        token === undefined
          ? html`<p><a class="button" href="/account">${linking.toAccount}</a></p>`
          : html`<form method="post" action="/link/${token}/again">
              <button type="submit">${linking.sendNew}</button>
            </form>`
      }`,
  );
}

/** The same for every account, and for none. */
export function renderLinkAsked(reader: Reader): string {
  const { linking } = reader.texts;
  return renderPage(
    reader,
    linking.askedTitle,
    html`<h1>${linking.askedTitle}</h1>
      <p role="status">${linking.asked}</p>`,
  );
}
