import { errorCatalogue, isErrorCode, SsoError } from '@gatehouse/core';
import { renderErrorPage } from './error-page';
import { textsFor } from './language';
import { de } from './texts.de';
import { en } from './texts.en';

const reference = '7K3F-92QD-0M4T';

function page(code: string, details: object = {}, acceptLanguage?: string): string {
  if (!isErrorCode(code)) throw new Error(`${code} is no code`);
  return renderErrorPage({
    refusal: new SsoError(code, 'what to do', { ...details }),
    reference,
    acceptLanguage,
  });
}

describe('the page of a refusal', () => {
  it.each([
    'email_domain_not_verified',
    'jit_disabled',
    'link_required',
    'member_suspended',
    'tenant_suspended',
  ])('for %s says that there is no access, why, whom to ask, and the reference [LOG-9]', (code) => {
    const english = page(code, { organisation: 'Acme Inc.' });
    expect(english).toContain('<h1>You do not have access</h1>');
    expect(english).toContain('an owner of Acme Inc.');
    expect(english).toContain(reference);
    const german = page(code, { organisation: 'Acme Inc.' }, 'de-AT,de;q=0.9,en;q=0.5');
    expect(german).toContain('<html lang="de">');
    expect(german).toContain('<h1>Sie haben keinen Zugang</h1>');
    expect(german).toContain('von Acme Inc.');
    expect(german).toContain(reference);
  });

  it('shows the name of an organisation as text, whatever is in it [LOG-9]', () => {
    const shown = page('jit_disabled', { organisation: '<script>alert(1)</script>"' });
    expect(shown).not.toContain('<script>');
    expect(shown).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;');
  });

  it('names the likely causes of a redirect loop in both languages [LOG-10]', () => {
    for (const [language, causes] of [
      ['en', ['Cookies', 'ACS URL', 'entity ID', 'clock']],
      ['de', ['Cookies', 'ACS-URL', 'Entity-ID', 'Uhr']],
    ] as const)
      for (const cause of causes) expect(page('sign_in_loop', {}, language)).toContain(cause);
    expect(page('saml_expired')).not.toContain('ACS URL');
  });

  it('has a text of every code in each language, none of them alike [LOG-9] [SML-14]', () => {
    for (const { text } of Object.values(errorCatalogue)) {
      const [english, german] = [en.messages[text]('X'), de.messages[text]('X')];
      expect(english.length).toBeGreaterThan(20);
      expect(german.length).toBeGreaterThan(20);
      expect(german).not.toBe(english);
    }
  });
});

describe('the language of a page [LOG-9]', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['de', 'de'],
    ['DE-ch, en;q=0.8', 'de'],
    ['en-GB,de;q=0.9', 'en'],
    ['fr,de;q=0.7,en;q=0.3', 'de'],
    ['fr-CH, ja', 'en'],
    ['de;q=0, en;q=0.1', 'en'],
    ['de;q=zero', 'en'],
  ])('for Accept-Language %j is %s', (header, language) => {
    expect(textsFor(header).language).toBe(language);
  });

  it('is read from the beginning of the header only', () => {
    expect(textsFor(`${'x,'.repeat(100_000)}de`).language).toBe('en');
  });
});
