import { renderField, renderFormPage, type Field, type Problem } from '../form';
import { html } from '../html';
import type { Reader } from '../reader';

/** Asks for the operator key. */
export function renderOperatorSignIn(reader: Reader, problem?: Problem): string {
  const { operations } = reader.texts;
  const field: Field = {
    ...{ name: 'key', label: operations.key, maxLength: 512, focused: true },
    ...{ type: 'password', autocomplete: 'off' },
  };
  const content = html`<p>${operations.signInLead}</p>
    <form method="post" action="/operations/sign-in" novalidate>
      ${renderField(field, problem)}
      <button type="submit">${operations.signIn}</button>
    </form>`;
  return renderFormPage(reader, operations.signInTitle, { problem, content });
}
