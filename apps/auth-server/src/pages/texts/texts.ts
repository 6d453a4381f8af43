import { de } from './de';
import { en } from './en';
import { fr } from './fr';
import type { Language } from './language';
import type { Pages } from './pages';

/** Everything that pages say in one language. */
export interface Texts extends Pages {
  readonly language: Language;
}

const catalogue: Readonly<Record<Language, Pages>> = { en, de, fr };

export function textsIn(language: Language): Texts {
  return { language, ...catalogue[language] };
}
