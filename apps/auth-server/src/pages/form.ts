import { html, type Html } from './html';
import { renderPage } from './layout';
import type { Reader } from './reader';

/** What is wrong with one field: said next to it, and on top with a link to it (WCAG 2.2, 3.3.1). */
export interface Problem {
  /** Absent where it is about none of them. */
  readonly field?: string;
  readonly text: string;
}

/** One line to type into. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly type: 'email' | 'password' | 'text';
  /** Password managers go by it, never by the label. */
  readonly autocomplete: 'username' | 'current-password' | 'new-password' | 'one-time-code' | 'off';
  readonly maxLength: number;
  readonly value?: string | undefined;
  readonly hint?: string;
  readonly inputMode?: 'numeric' | 'text';
  /** Where the cursor waits, unless a problem takes it elsewhere. */
  readonly focused?: boolean;
}

/** `problem` of any field of the form: whichever it is about says so itself. */
export function renderField(field: Field, problem?: Problem): Html {
  const own = problem?.field === field.name ? problem : undefined;
  const { name, hint } = field;
  const isFocused = problem?.field === undefined ? field.focused === true : own !== undefined;
  return html`<div class="field">
    <label for="${name}">${field.label}</label>
    ${hint !== undefined && html`<p class="hint" id="${name}-hint">${hint}</p>`}
    ${own && html`<p class="wrong" id="${name}-problem">${own.text}</p>`}
    <input
      id="${name}"
      name="${name}"
      type="${field.type}"
      autocomplete="${field.autocomplete}"
      ${field.type === 'password' ? '' : html`autocapitalize="none" spellcheck="false"`}
      ${field.inputMode !== undefined && html`inputmode="${field.inputMode}"`}
      maxlength="${field.maxLength}"
      value="${field.value ?? ''}"
      required
      ${describedBy(name, hint !== undefined, own !== undefined)}
      ${isFocused ? 'autofocus' : ''}
    />
  </div>`;
}

function describedBy(name: string, hasHint: boolean, isWrong: boolean): Html | undefined {
  const names = [...(hasHint ? [`${name}-hint`] : []), ...(isWrong ? [`${name}-problem`] : [])];
  if (names.length === 0) return undefined;
  return html`aria-describedby="${names.join(' ')}" ${isWrong ? html`aria-invalid="true"` : ''}`;
}

/** A page with a form, whose title tells before anything else that something is wrong. */
export function renderFormPage(
  reader: Reader,
  title: string,
  body: { readonly problem?: Problem | undefined; readonly content: Html },
): string {
  const { shell } = reader.texts;
  const { problem, content } = body;
  return renderPage(
    reader,
    problem ? shell.problem(title) : title,
    html`<h1>${title}</h1>
      ${problem && renderSummary(shell.problemTitle, problem)} ${content}`,
  );
}

function renderSummary(title: string, { field, text }: Problem): Html {
  return html`<div class="problem" role="alert">
    <h2>${title}</h2>
    <p>${field === undefined ? text : html`<a href="#${field}">${text}</a>`}</p>
  </div>`;
}
