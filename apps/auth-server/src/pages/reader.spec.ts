import { renderSignedOut } from './signed-out-page';
import { chooseTexts } from './reader';
import { textsIn } from './texts/texts';

describe('the language of a page [POR-2] [LOG-9]', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['de', 'de'],
    ['DE-ch, en;q=0.8', 'de'],
    ['en-GB,de;q=0.9', 'en'],
    ['it,de;q=0.7,en;q=0.3', 'de'],
    ['fr-CA, de', 'fr'],
    ['it-CH, ja', 'en'],
    ['de;q=0, en;q=0.1', 'en'],
    ['de;q=zero', 'en'],
    ['constructor, __proto__', 'en'],
  ])('for Accept-Language %j is %s', (acceptLanguage, language) => {
    expect(chooseTexts({ acceptLanguage }).language).toBe(language);
  });

  it('is read from the beginning of the header only', () => {
    expect(chooseTexts({ acceptLanguage: `${'x,'.repeat(100_000)}de` }).language).toBe('en');
  });

  it('is the one of the address, then the one chosen earlier, then what the browser is set to', () => {
    const acceptLanguage = 'en';
    expect(chooseTexts({ query: 'fr', cookie: 'de', acceptLanguage }).language).toBe('fr');
    expect(chooseTexts({ query: 'tlh', cookie: 'de', acceptLanguage }).language).toBe('de');
    expect(chooseTexts({ query: ['fr'], cookie: 'nonsense', acceptLanguage }).language).toBe('en');
  });

  it('is changed by links that stay on the page, whatever its address is made of', () => {
    const query = new URLSearchParams('ticket=a%22%3E%3Cb&lang=en&to=//evil.example');
    const markup = renderSignedOut({ texts: textsIn('en'), query });
    const links = [...markup.matchAll(/href="(\?[^"]*)"\s+lang="(..)"/g)].map(([, href = '', lang]) => [
      href.replaceAll('&amp;', '&'),
      lang,
    ]);
    const kept = 'ticket=a%22%3E%3Cb&lang=';
    const rest = '&to=%2F%2Fevil.example';
    expect(links).toEqual(['en', 'de', 'fr'].map((lang) => [`?${kept}${lang}${rest}`, lang]));
  });

  it('cannot be changed on a page that cannot be had a second time', () => {
    expect(renderSignedOut({ texts: textsIn('fr') })).not.toContain('<nav');
  });
});
