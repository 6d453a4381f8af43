import type { Texts } from './texts';
import { de } from './texts.de';
import { en } from './texts.en';

const languages: readonly Texts[] = [en, de];

/** RFC 9110 12.5.4: the language that the browser likes best among ours; English where it names none of them. */
export function textsFor(acceptLanguage: string | undefined): Texts {
  const wanted = (acceptLanguage ?? '').slice(0, 500).split(',').map(readRange);
  const liked = wanted
    .filter(({ quality }) => quality > 0)
    .toSorted((one, other) => other.quality - one.quality);
  const found = liked.flatMap(({ language }) => languages.filter((texts) => texts.language === language));
  return found[0] ?? en;
}

function readRange(range: string): { language: string; quality: number } {
  const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  return { language: tag.split('-')[0] ?? '', quality: quality === undefined ? 1 : Number(quality) || 0 };
}
