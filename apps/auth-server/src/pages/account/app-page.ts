import type { Problem } from '../form';
import { html } from '../html';
import { renderFirstCode, renderSecret, type EnrolmentPage } from '../login/enrolment-page';
import type { Reader } from '../reader';
import { renderAccountPage } from './account-page';

/** Setting an authenticator app up: what it is given, and the first code that it shows. */
export function renderAppEnrolment(reader: Reader, secret: Omit<EnrolmentPage, 'problem'>): string {
  return appPage(reader, html`${renderSecret(reader, secret)} ${renderFirstCode(reader, action)}`);
}

/** The app has the secret already, which is not shown a second time: only its code was wrong. */
export function renderCodeAgain(reader: Reader, problem: Problem): string {
  return appPage(reader, renderFirstCode(reader, action, problem));
}

const action = '/account/security/app';

function appPage(reader: Reader, content: ReturnType<typeof html>): string {
  const { account } = reader.texts;
  const back = html`<p class="links"><a href="/account/security">${account.back}</a></p>`;
  return renderAccountPage(reader, 'security', account.setUpApp, html`${content} ${back}`);
}
