import { emailKey, type PendingView } from '@gatehouse/core';
import { renderField, renderFormPage, type Field, type Problem } from '../form';
import { html, type Html } from '../html';
import { renderPage } from '../layout';
import type { Reader } from '../reader';

/** What a page says of a pending link: no more than its browser knows already. */
export interface PendingLinkPage {
  readonly id: string;
  readonly organisation: string;
  readonly slug: string;
  readonly connection: string;
  /** The account's address. */
  readonly email: string;
  /** The one that the identity provider named. */
  readonly identity?: string | undefined;
  /** Whether both read the same, whatever the identity provider may say of that domain. */
  readonly sameAddress: boolean;
  readonly joins: boolean;
  readonly codeSent: boolean;
}

export function pageOf({ pending, tenant, connection }: PendingView): PendingLinkPage {
  const { email, identityEmail: identity } = pending;
  return {
    ...{ id: pending.id, organisation: tenant.name, slug: tenant.slug, connection: connection.label },
    ...{ email, identity, sameAddress: identity !== undefined && emailKey(identity) === emailKey(email) },
    ...{ joins: pending.joining !== undefined, codeSent: pending.codes > 0 },
  };
}

/** Asks for the code that was mailed to the account's address. */
export function renderLinkCode(reader: Reader, page: PendingLinkPage, problem?: Problem): string {
  const { linking } = reader.texts;
  const action = `/link/confirm/${page.id}`;
  const content = html`<p>${addresses(reader, page)}</p>
    ${page.joins && html`<p>${linking.joins(page.organisation)}</p>`}
    <p>${page.codeSent ? linking.codeSent(page.email) : linking.codeNotSent}</p>
    <form method="post" action="${action}" novalidate>
      ${renderField(codeField(reader), problem)}
      <button type="submit">${linking.confirm}</button>
    </form>
    <form method="post" action="${action}/another">
      <button type="submit" class="quiet">${linking.another}</button>
    </form>
    <p class="hint">${linking.notYours}</p>`;
  return renderFormPage(reader, linking.codeTitle, { problem, content });
}

function addresses({ texts: { linking } }: Reader, page: PendingLinkPage): string {
  const { connection, identity, email, sameAddress } = page;
  if (identity === undefined) return linking.noAddress(connection, email);
  return sameAddress
    ? linking.sameAddress(connection, email)
    : linking.otherAddress(connection, identity, email);
}

function codeField({ texts: { linking } }: Reader): Field {
  const kind = { type: 'text', autocomplete: 'one-time-code', inputMode: 'numeric', maxLength: 16 } as const;
  return { name: 'code', label: linking.code, hint: linking.codeHint, ...kind, focused: true };
}

/** Asks who is signed in by the account's own credentials whether both belong together. */
export function renderLinkQuestion(reader: Reader, page: PendingLinkPage): string {
  const { linking } = reader.texts;
  const { connection, identity, email, id } = page;
  const lead =
    identity === undefined
      ? linking.sessionNameless(connection, email)
      : linking.sessionLead(connection, identity, email);
  return renderPage(
    reader,
    linking.sessionTitle,
    html`<h1>${linking.sessionTitle}</h1>
      <p>${lead}</p>
      <form method="post" action="/link/confirm/${id}/session">
        <button type="submit">${linking.confirm}</button>
      </form>
      <p class="hint">${linking.notYours}</p>`,
  );
}

export function renderLinked(reader: Reader, page: PendingLinkPage): string {
  const { linking } = reader.texts;
  return renderPage(
    reader,
    linking.doneTitle,
    html`<h1>${linking.doneTitle}</h1>
      <p role="status">${linking.done(page.organisation, page.connection)}</p>
      <p>${linking.doneEnded(page.organisation)}</p>
      <p><a class="button" href="/account/sign-in?tenant=${page.slug}">${linking.toAccount}</a></p>`,
  );
}

/** Of this try nothing comes any more; the next one starts at the sign-in. */
export function renderLinkOver(reader: Reader, page: PendingLinkPage, why: 'over' | 'expired'): string {
  const { linking } = reader.texts;
  return renderPage(
    reader,
    linking.overTitle,
    html`<h1>${linking.overTitle}</h1>
      <p role="alert">${why === 'over' ? linking.over : linking.lapsed}</p>
      ${again(reader, page)}`,
  );
}

function again({ texts: { linking } }: Reader, { slug }: PendingLinkPage): Html {
  return html`<p><a class="button" href="/account/sign-in?tenant=${slug}">${linking.again}</a></p>`;
}
