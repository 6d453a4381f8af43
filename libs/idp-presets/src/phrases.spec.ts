import { anyOf } from './phrases';

describe('a field that goes by several names', () => {
  it('lists them in each language, in its own quotation marks [POR-5]', () => {
    expect(anyOf('ACS URL', 'Reply URL', 'Consumer URL')).toEqual({
      en: '“ACS URL”, “Reply URL” or “Consumer URL”',
      de: '„ACS URL“, „Reply URL“ oder „Consumer URL“',
      fr: '« ACS URL », « Reply URL » ou « Consumer URL »',
    });
  });

  it('names one alone without more ado', () => {
    expect(anyOf('Issuer')).toMatchObject({ en: '“Issuer”', de: '„Issuer“' });
  });
});
