import type { Invitation, InvitationStanding, Tenant } from '@gatehouse/core';
import { renderField, renderFormPage, type Problem } from './form';
import { html, type Html } from './html';
import { renderPage } from './layout';
import { renderOwnAddress } from './own-address';
import type { Reader } from './reader';

/** Who is invited where, and under which address of ours. */
export interface InvitationPage {
  readonly token: string;
  readonly tenant: Tenant;
  readonly invitation: Invitation;
}

/** What the link of a mail opens: it changes nothing, for scanners of mail follow links too. */
export function renderInvitation(reader: Reader, page: InvitationPage): string {
  const { invitation: texts } = reader.texts;
  return renderPage(
    reader,
    texts.title(page.tenant.name),
    html`<h1>${texts.title(page.tenant.name)}</h1>
      <p>${lead(reader, page)}</p>
      <form method="post" action="/invitations/${page.token}/open">
        <button type="submit">${texts.continue}</button>
      </form>`,
  );
}

/** For somebody who has nothing here to sign in with. */
export function renderSetPassword(
  reader: Reader,
  page: InvitationPage,
  shown: { readonly sso: boolean; readonly name?: string; readonly problem?: Problem },
): string {
  const { invitation: texts, account } = reader.texts;
  const { problem } = shown;
  const content = html`<p>${lead(reader, page)}</p>
    <form method="post" action="/invitations/${page.token}/password">
      ${renderOwnAddress(reader, page.invitation.email)}
      <div class="field">
        <label for="name">${texts.name}</label>
        <input
          id="name"
          name="name"
          type="text"
          autocomplete="name"
          maxlength="200"
          required
          value="${shown.name ?? page.invitation.name ?? ''}"
        />
      </div>
      ${renderField(
        {
          name: 'password',
          label: texts.choosePassword,
          type: 'password',
          autocomplete: 'new-password',
          maxLength: 1024,
          hint: account.passwordRules,
        },
        problem,
      )}
      <button type="submit">${texts.join}</button>
    </form>
    ${shown.sso && bySso(reader, page.tenant, 'quiet')}`;
  return renderFormPage(reader, texts.title(page.tenant.name), { problem, content });
}

/** The organisation signs its people in itself: coming in by it makes the member. */
export function renderContinueBySso(reader: Reader, page: InvitationPage): string {
  const { invitation: texts } = reader.texts;
  return renderPage(
    reader,
    texts.title(page.tenant.name),
    html`<h1>${texts.title(page.tenant.name)}</h1>
      <p>${lead(reader, page)}</p>
      <p>${texts.ssoLead(page.tenant.name)}</p>
      ${bySso(reader, page.tenant, '')}`,
  );
}

/** For somebody who has an account; `signedInAs`: this browser is signed in as somebody else. */
export function renderJoin(
  reader: Reader,
  page: InvitationPage,
  shown: { readonly sso: boolean; readonly signedInAs?: string },
): string {
  const { invitation: texts } = reader.texts;
  return renderPage(
    reader,
    texts.title(page.tenant.name),
    html`<h1>${texts.title(page.tenant.name)}</h1>
      <p>${lead(reader, page)}</p>
      ${howToJoin(reader, page, shown.signedInAs)} ${shown.sso && bySso(reader, page.tenant, 'quiet')}`,
  );
}

function howToJoin(
  reader: Reader,
  { token, invitation }: InvitationPage,
  signedInAs: string | undefined,
): Html {
  const { invitation: texts, account } = reader.texts;
  if (signedInAs === undefined)
    return html`<form method="post" action="/invitations/${token}/join">
        <button type="submit">${texts.joinAs(invitation.email)}</button>
      </form>
      <p class="hint">${texts.signInAfterwards}</p>`;
  return html`<p class="problem" role="alert">${texts.otherAccount(invitation.email, signedInAs)}</p>
    <p><a class="button" href="/oidc/session/end">${account.signOut}</a></p>`;
}

/** By the password that was set, or the account that was there: an identity provider may know nothing of this person. */
export function renderJoined(reader: Reader, { name, slug }: Tenant): string {
  const { invitation: texts } = reader.texts;
  return renderPage(
    reader,
    texts.joinedTitle,
    html`<h1>${texts.joinedTitle}</h1>
      <p role="status">${texts.joined(name)}</p>
      <p><a class="button" href="/account/sign-in?tenant=${slug}&amp;way=password">${texts.signIn}</a></p>`,
  );
}

/** A link that is good for nothing, and what to do instead. */
export function renderUnusable(reader: Reader, why: Exclude<InvitationStanding, 'open'> | 'unknown'): string {
  const { invitation: texts } = reader.texts;
  return renderPage(
    reader,
    texts.unusableTitle,
    html`<h1>${texts.unusableTitle}</h1>
      <p>${texts[why]}</p>`,
  );
}

function lead({ texts: { invitation: texts } }: Reader, { tenant, invitation }: InvitationPage): string {
  const { email, inviter } = invitation;
  return inviter === undefined ? texts.lead(tenant.name, email) : texts.leadBy(tenant.name, email, inviter);
}

function bySso({ texts: { invitation: texts } }: Reader, { slug, name }: Tenant, kind: 'quiet' | ''): Html {
  return html`<p>
    <a class="button ${kind}" href="/account/sign-in?tenant=${slug}">${texts.bySso(name)}</a>
  </p>`;
}
