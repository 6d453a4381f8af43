import type { Texts } from '../../src/pages/texts/texts';
import { languageNames } from '../../src/pages/texts/language';
import { textsIn } from '../../src/pages/texts/texts';
import { inserted, pagesFor } from './gallery';

type Say = (...inserts: unknown[]) => unknown;

/** The catalogue in a language that nobody speaks: each of its texts stands in brackets. */
function inBrackets(value: unknown): unknown {
  if (typeof value === 'string') return `⟦${value}⟧`;
  if (isSaying(value)) return (...inserts: unknown[]) => inBrackets(value(...inserts));
  if (Array.isArray(value)) return value.map(inBrackets);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, inBrackets(inner)]));
}

function isSaying(value: unknown): value is Say {
  return typeof value === 'function';
}

function isCatalogue(value: unknown): value is Texts {
  return typeof value === 'object' && value !== null && 'messages' in value;
}

function pseudoTexts(): Texts {
  const { language, ...pages } = textsIn('en');
  const texts = { language, ...Object(inBrackets(pages)) };
  if (isCatalogue(texts)) return texts;
  throw new Error('The catalogue has changed its form');
}

/** Everything on the page that a person sees or hears, except what it says in other languages besides. */
function saidBy(page: string): string[] {
  const markup = page.replaceAll(/<details class="other-language".*?<\/details>/gs, '');
  const attributes = [...markup.matchAll(/\s(?:alt|title|placeholder|aria-label)="([^"]*)"/g)];
  const text = markup.replaceAll(/<(?:[^<>"]|"[^"]*")*>/g, '\n').split('\n');
  return [...attributes.map(([, value = '']) => value), ...text];
}

const known = [...Object.values(inserted), ...Object.values(languageNames)];

function outsideBrackets(markup: string): string[] {
  // Text comes in pieces; brackets may close in a later one.
  const all = saidBy(markup)
    .join('\n')
    .replaceAll(/⟦[^⟧]*⟧/g, '');
  const rest = known.reduce((text, each) => text.replaceAll(each, ''), all);
  return rest.split('\n').filter((text) => /\p{L}{2}/u.test(text));
}

describe('every page of signing in [POR-2]', () => {
  const pages = Object.entries(pagesFor({ texts: pseudoTexts(), query: new URLSearchParams() }));

  it.each(pages)('%s says nothing that is not in the catalogue', (name, markup) => {
    expect(saidBy(markup).join('')).toContain('⟦');
    // The key is grouped for reading; the code and facts of a refusal are for the IT team, in English.
    const own = /JBSW Y3DP|^(?:password_unavailable|sign_in_loop|link_required)$/;
    expect([name, outsideBrackets(markup).filter((text) => !own.test(text.trim()))]).toEqual([name, []]);
  });

  it.each(pages)('%s gives password managers all that they go by [POR-4]', (_, markup) => {
    const inputs = [...markup.matchAll(/<input[^>]*>/g)].map(([input]) => input);
    const shown = inputs.filter((input) => !input.includes('type="hidden"'));
    for (const input of shown)
      expect(input).toMatch(
        /autocomplete="(?:username|current-password|new-password|one-time-code|name|off)"/,
      );
    // A field that takes no paste would keep managers out (WCAG 2.2, 3.3.8); a script could do that, and none is here.
    expect(markup).not.toMatch(/\son\w+="/);
    const password = shown.filter((input) => input.includes('autocomplete="current-password"'));
    const username = shown.filter((input) => input.includes('autocomplete="username"'));
    if (password.length > 0) expect([password.length, username.length]).toEqual([1, 1]);
  });

  it('would show a text that stands beside it', () => {
    expect(outsideBrackets('<p>⟦Said⟧ and not said</p>')).toEqual([' and not said']);
    expect(outsideBrackets('<img alt="A cat"><p>⟦Said⟧</p>')).toEqual(['A cat']);
  });
});
