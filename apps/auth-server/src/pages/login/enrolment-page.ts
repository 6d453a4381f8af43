import { renderField, renderFormPage, type Problem } from '../form';
import { html, type Html } from '../html';
import { renderPage } from '../layout';
import { renderQrCode } from '../qr-code';
import type { Reader } from '../reader';

export interface EnrolmentPage {
  /** As an authenticator app reads it. */
  readonly uri: string;
  /** The same secret, for who types it. */
  readonly secret: string;
  readonly problem?: Problem;
}

/** Nobody comes in here by a password alone, and this person has nothing else yet (LOG-5). */
export function renderEnrolment(reader: Reader, page: EnrolmentPage): string {
  const { enrolment } = reader.texts;
  const { problem } = page;
  const content = html`<p>${enrolment.lead}</p>
    ${renderSecret(reader, page)} ${renderFirstCode(reader, '/login/second-factor/set-up', problem)}`;
  return renderFormPage(reader, enrolment.title, { problem, content });
}

/** What the app is given: scanned, typed, or opened on the same device. */
export function renderSecret({ texts }: Reader, { uri, secret }: Omit<EnrolmentPage, 'problem'>): Html {
  const { enrolment } = texts;
  return html`<p>${enrolment.scan}</p>
    ${renderQrCode(uri, enrolment.picture)}
    <p>${enrolment.orType}</p>
    <p><code class="key">${inGroups(secret)}</code></p>
    <p class="links"><a href="${uri}">${enrolment.openApp}</a></p>`;
}

/** The code that shows that the app has it. */
export function renderFirstCode({ texts }: Reader, action: string, problem?: Problem): Html {
  const { enrolment } = texts;
  const field = {
    name: 'code',
    label: enrolment.thenCode,
    type: 'text',
    autocomplete: 'one-time-code',
  } as const;
  return html`<form method="post" action="${action}" novalidate>
    ${renderField({ ...field, inputMode: 'numeric', maxLength: 12 }, problem)}
    <button type="submit">${enrolment.confirm}</button>
  </form>`;
}

/** What is typed by hand is read four characters at a time. */
function inGroups(secret: string): string {
  return secret.replaceAll(/.{4}(?=.)/g, '$& ');
}

/** Shown once; the person goes on when they are kept. */
export function renderRecoveryCodes({ texts }: Reader, codes: readonly string[], goOn: string): string {
  const { enrolment } = texts;
  return renderPage(
    { texts },
    enrolment.codesTitle,
    html`<h1>${enrolment.codesTitle}</h1>
      <p>${enrolment.codesLead}</p>
      <ul class="codes">
        ${codes.map((code) => html`<li><code>${code}</code></li>`)}
      </ul>
      <p><a class="button" href="${goOn}">${enrolment.kept}</a></p>`,
  );
}
