import { defaultProductName } from '../shared/settings';
import type { MailLanguage } from './outgoing-mail';

/** Something to copy or compare: it stands on a line of its own, and is changed in nothing. */
export interface LetterValue {
  readonly label: string;
  readonly value: string;
}

/** What a mail says, before it becomes text and HTML. What strangers chose comes in through `displayName` only. */
export interface Letter {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly values?: readonly LetterValue[];
  /** The one thing to do, if there is one. */
  readonly action?: { readonly label: string; readonly url: string };
  /** What to do who did not expect this mail. */
  readonly advice: string;
}

/** What stands in every letter of a deployment. */
export interface Letterhead {
  /** What the people who get the letters know the product by. */
  readonly product: string;
  /** For whoever's language is not known. */
  readonly language: MailLanguage;
  /** Whether an answer reaches somebody. */
  readonly answered: boolean;
}

/** Of a deployment that says nothing of itself. */
export const plainLetterhead: Letterhead = { product: defaultProductName, language: 'en', answered: false };

/** The same letter in every language: the compiler asks for the one that is missing. */
export type Translated<Message> = {
  readonly [L in MailLanguage]: (message: Message, time: (moment: Date) => string, product: string) => Letter;
};
