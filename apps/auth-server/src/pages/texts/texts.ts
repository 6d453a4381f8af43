import { defaultProductName } from '@gatehouse/core';
import { de } from './de';
import { en } from './en';
import { fr } from './fr';
import type { Language } from './language';
import type { Pages } from './pages';

/** Everything that pages say in one language. */
export interface Texts extends Pages {
  readonly language: Language;
  /** What the deployment is called, the same in every language. */
  readonly product: string;
}

const catalogue: Readonly<Record<Language, Pages>> = { en, de, fr };

export function textsIn(language: Language, product = defaultProductName): Texts {
  return { language, product, ...catalogue[language] };
}
