import type { MailKind, MailLanguage } from '@gatehouse/core';

/** One mail that was written down: `<name>.html` is what a mail program shows, `<name>.txt` its plain form. */
export interface Preview {
  readonly name: string;
  readonly kind: MailKind;
  readonly language: MailLanguage;
  readonly subject: string;
}
