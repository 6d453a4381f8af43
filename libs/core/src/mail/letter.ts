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

/** The same letter in every language: the compiler asks for the one that is missing. */
export type Translated<Message> = {
  readonly [L in MailLanguage]: (message: Message, time: (moment: Date) => string) => Letter;
};
