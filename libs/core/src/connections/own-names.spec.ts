import { refuseForeignNames } from './own-names';

const publicUrl = 'https://sso.example';

describe('the names of a connection', () => {
  it('are any that identity providers know it by, its own address among them [CON-19]', () => {
    const names = [
      'https://earlier.example/saml',
      'urn:amazon:webservices',
      `${publicUrl}/saml/metadata/conn_1`,
    ];
    expect(() => refuseForeignNames(publicUrl, { id: 'conn_1' }, names)).not.toThrow();
  });

  it('are never the name of another connection of this deployment [CON-19]', () => {
    expect(() =>
      refuseForeignNames(publicUrl, { id: 'conn_1' }, [`${publicUrl}/saml/metadata/conn_2`]),
    ).toThrow(expect.objectContaining({ code: 'validation_failed' }));
  });
});
