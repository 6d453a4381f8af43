import type { SessionView } from '@gatehouse/core';
import { html } from '../html';
import type { Reader } from '../reader';
import { readableTime, renderAccountPage } from './account-page';

/** Who is signed in in this browser, where and how, and the way out. */
export function renderOverview(reader: Reader, { user, member, tenant, session }: SessionView): string {
  const { account } = reader.texts;
  return renderAccountPage(
    reader,
    'overview',
    account.title,
    html`<dl>
        <dt>${account.signedInAs}</dt>
        <dd>${user.name === undefined ? user.email : `${user.name} (${user.email})`}</dd>
        <dt>${account.organisation}</dt>
        <dd>${tenant.name}</dd>
        <dt>${account.role}</dt>
        <dd>${account.roles[member.role]}</dd>
        <dt>${account.by}</dt>
        <dd>${account.ways[session.via]}</dd>
        <dt>${account.until}</dt>
        <dd>${readableTime(reader, session.expiresAt)}</dd>
      </dl>
      <p><a class="button" href="/oidc/session/end">${account.signOut}</a></p>`,
  );
}
