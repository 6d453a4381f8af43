import { errorCatalogue, isErrorCode, SsoError } from '@gatehouse/core';
import { renderErrorPage } from './error-page';
import { chooseTexts } from './reader';
import { languages } from './texts/language';
import { textsIn } from './texts/texts';

const reference = '7K3F-92QD-0M4T';

function page(code: string, details: object = {}, acceptLanguage?: string): string {
  if (!isErrorCode(code)) throw new Error(`${code} is no code`);
  const refusal = new SsoError(code, 'what to do', { ...details });
  return renderErrorPage({ texts: chooseTexts({ acceptLanguage }) }, { refusal, reference });
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
    const french = page(code, { organisation: 'Acme Inc.' }, 'fr-CH');
    expect(french).toContain('<h1>Vous n’avez pas accès</h1>');
    expect(french).toContain('de Acme Inc.');
    const german = page(code, { organisation: 'Acme Inc.' }, 'de-AT,de;q=0.9,en;q=0.5');
    expect(german).toContain('<html lang="de">');
    expect(german).toContain('<h1>Sie haben keinen Zugang</h1>');
    expect(german).toContain('von Acme Inc.');
    expect(german).toContain(reference);
  });

  it('speaks of no sign-in where an address leads to nothing [LOG-9]', () => {
    expect(page('not_found')).toContain('<h1>There is no such page</h1>');
    expect(page('not_found', {}, 'fr')).toContain('<h1>Cette page n’existe pas</h1>');
  });

  it('shows the name of an organisation as text, whatever is in it [LOG-9]', () => {
    const shown = page('jit_disabled', { organisation: '<script>alert(1)</script>"' });
    expect(shown).not.toContain('<script>');
    expect(shown).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;');
  });

  it('names the likely causes of a redirect loop in each language [LOG-10]', () => {
    for (const [language, causes] of [
      ['en', ['Cookies', 'ACS URL', 'entity ID', 'clock']],
      ['de', ['Cookies', 'ACS-URL', 'Entity-ID', 'Uhr']],
      ['fr', ['cookies', 'URL ACS', 'identifiant d’entité', 'horloge']],
    ] as const)
      for (const cause of causes) expect(page('sign_in_loop', {}, language)).toContain(cause);
    expect(page('saml_expired')).not.toMatch(/ACS.URL/);
  });

  it('says the same in each other language, folded away, for it cannot be had a second time [POR-2] [LOG-9]', () => {
    const shown = page('jit_disabled', { organisation: 'Acme Inc.' }, 'fr');
    expect(shown).toMatch(/<html lang="fr">.*<details class="other-language" lang="en">\s*<summary>English/s);
    expect(shown).toMatch(/lang="de">\s*<summary>Deutsch<\/summary>\s*<h2>Sie haben keinen Zugang/);
    expect(shown).not.toContain('class="other-language" lang="fr"');
    for (const each of ['an owner of Acme Inc.', 'einem Inhaber von Acme Inc.'])
      expect(shown).toContain(each);
  });

  it('has a text of every code in each language, none of them alike [LOG-9] [SML-14]', () => {
    const catalogues = languages.map((each) => textsIn(each));
    for (const { text } of Object.values(errorCatalogue)) {
      const said = catalogues.map(({ messages }) => messages[text]('X'));
      for (const each of said) expect(each.length).toBeGreaterThan(20);
      expect(new Set(said).size).toBe(catalogues.length);
    }
  });
});
