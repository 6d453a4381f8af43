/** The languages of our pages, each by its own name. */
export const languageNames = { en: 'English', de: 'Deutsch', fr: 'Français' } as const;

export type Language = keyof typeof languageNames;

export function isLanguage(value: unknown): value is Language {
  return typeof value === 'string' && Object.hasOwn(languageNames, value);
}

export const languages: readonly Language[] = Object.keys(languageNames).filter(isLanguage);

/** RFC 9110 12.5.4: the language that the browser likes best among ours, if it names any of them. */
export function acceptedLanguage(header: string | undefined): Language | undefined {
  const wanted = (header ?? '').slice(0, 500).split(',').map(readRange);
  const liked = wanted.filter(({ quality }) => quality > 0);
  const best = liked.toSorted((one, other) => other.quality - one.quality);
  return best.map(({ language }) => language).find(isLanguage);
}

function readRange(range: string): { language: string; quality: number } {
  const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  return { language: tag.split('-')[0] ?? '', quality: quality === undefined ? 1 : Number(quality) || 0 };
}
