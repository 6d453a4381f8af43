import type { HttpAnswer } from './http-exchange';
import { formsOf } from './html-forms';
import type { FormButton, HtmlForm } from './html-forms';

/** What the browser shows: the last answer that was no followed redirect. */
export class Page {
  readonly status: number;
  readonly headers: HttpAnswer['headers'];
  readonly text: string;

  constructor(
    readonly url: string,
    answer: HttpAnswer,
  ) {
    this.status = answer.status;
    this.headers = answer.headers;
    this.text = answer.body;
  }

  /** Where the answer points to, when a redirect was not followed. */
  get location(): string | undefined {
    const { location } = this.headers;
    return location === undefined ? undefined : new URL(location, this.url).href;
  }

  get forms(): readonly HtmlForm[] {
    return formsOf(this.text, this.url);
  }

  /** The first form, or the first that has a field or button of this name. */
  form(withField?: string): HtmlForm {
    const found = this.forms.find((form) => withField === undefined || has(form, withField));
    if (!found)
      throw new Error(`${this.url} (${this.status}) has no form${withField ? ` with ${withField}` : ''}`);
    return found;
  }

  /** The form and button whose label contains the text. */
  button(label: string): { form: HtmlForm; button: FormButton } {
    for (const form of this.forms) {
      const button = form.buttons.find((candidate) => candidate.label.includes(label));
      if (button) return { form, button };
    }
    throw new Error(`${this.url} (${this.status}) has no button "${label}"`);
  }

  json(): unknown {
    return JSON.parse(this.text);
  }
}

function has(form: HtmlForm, name: string): boolean {
  return name in form.fields || form.buttons.some((button) => button.name === name);
}
