import { Parser } from 'htmlparser2';

export interface FormButton {
  readonly label: string;
  readonly name: string;
  readonly value: string;
}

/** A form as the page has it; `action` is absolute. */
export interface HtmlForm {
  readonly action: string;
  readonly method: 'GET' | 'POST';
  readonly fields: Readonly<Record<string, string>>;
  readonly buttons: readonly FormButton[];
}

interface OpenForm {
  action: string;
  method: 'GET' | 'POST';
  fields: Record<string, string>;
  buttons: FormButton[];
}

type Attributes = Readonly<Record<string, string>>;

/** The forms of a page with what they would send if nobody touched a field. */
export function formsOf(html: string, pageUrl: string): HtmlForm[] {
  const reader = new FormReader(pageUrl);
  const parser = new Parser({
    onopentag: (name, attributes) => reader.open(name, attributes),
    ontext: (text) => reader.text(text),
    onclosetag: (name) => reader.close(name),
  });
  parser.end(html);
  return reader.forms;
}

class FormReader {
  readonly forms: OpenForm[] = [];
  private form: OpenForm | undefined;
  private button: FormButton | undefined;
  private select = '';

  constructor(private readonly pageUrl: string) {}

  open(name: string, attributes: Attributes): void {
    if (name === 'form') this.openForm(attributes);
    else if (name === 'input') this.input(attributes);
    else if (name === 'select') this.select = attributes['name'] ?? '';
    else if (name === 'option') this.option(attributes);
    else if (name === 'button') this.openButton(attributes);
  }

  text(text: string): void {
    if (this.button) this.button = { ...this.button, label: this.button.label + text };
  }

  close(name: string): void {
    if (name === 'form') this.form = undefined;
    if (name === 'button') this.closeButton();
  }

  private openForm(attributes: Attributes): void {
    const action = new URL(attributes['action'] ?? '', this.pageUrl).href;
    const method = attributes['method']?.toLowerCase() === 'post' ? 'POST' : 'GET';
    this.form = { action: attributes['action'] ? action : this.pageUrl, method, fields: {}, buttons: [] };
    this.forms.push(this.form);
  }

  private input({ type = 'text', name = '', value = '', ...rest }: Attributes): void {
    if (type === 'submit') return void this.form?.buttons.push({ label: value, name, value });
    const unticked = ['checkbox', 'radio'].includes(type) && !('checked' in rest);
    if (!this.form || !name || unticked || 'disabled' in rest) return;
    this.form.fields[name] = type === 'checkbox' && value === '' ? 'on' : value;
  }

  private option(attributes: Attributes): void {
    if (!this.form || !this.select) return;
    const first = !(this.select in this.form.fields);
    if (first || 'selected' in attributes) this.form.fields[this.select] = attributes['value'] ?? '';
  }

  private openButton({ type = 'submit', name = '', value = '' }: Attributes): void {
    if (type === 'submit') this.button = { label: '', name, value };
  }

  private closeButton(): void {
    if (!this.button) return;
    this.form?.buttons.push({ ...this.button, label: this.button.label.replace(/\s+/g, ' ').trim() });
    this.button = undefined;
  }
}
