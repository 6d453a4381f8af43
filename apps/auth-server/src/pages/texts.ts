import type { MessageKey } from '@gatehouse/core';

/** Everything that a page says in one language; a name is put in as text and escaped where it is shown. */
export interface Texts {
  readonly language: string;
  /** What the organisation is called where its name is not known. */
  readonly yourOrganisation: string;
  readonly notFinished: string;
  readonly noAccessTitle: string;
  readonly loopTitle: string;
  readonly backToSignIn: string;
  readonly tryAgain: string;
  readonly reference: string;
  readonly details: string;
  readonly code: string;
  readonly whatHappened: string;
  readonly expected: string;
  readonly received: string;
  readonly causes: string;
  readonly loopCauses: readonly string[];
  readonly messages: Readonly<Record<MessageKey, (organisation: string) => string>>;
}
