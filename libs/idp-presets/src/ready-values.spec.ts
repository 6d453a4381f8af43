import { acsValidator, auth0Settings } from './ready-values';

const acsUrl = 'https://sso.acme.example/saml/acs?connection=conn_1';
const entityId = 'https://sso.acme.example/saml/metadata/conn_1';

describe('values that a console wants ready', () => {
  it("OneLogin's validator fits our ACS URL and nothing that only looks like it [CON-18]", () => {
    const validator = new RegExp(acsValidator({ acsUrl }));
    expect(validator.test(acsUrl)).toBe(true);
    for (const other of [
      `${acsUrl}/`,
      `x${acsUrl}`,
      acsUrl.replace('.', 'x'),
      acsUrl.replace('?', ''),
      acsUrl.replace('acs?', 'ac'),
    ])
      expect(validator.test(other)).toBe(false);
  });

  it("Auth0's settings name both algorithms, our addresses, and the e-mail address as the person's name [CON-18]", () => {
    expect(JSON.parse(auth0Settings({ acsUrl, entityId }))).toMatchObject({
      audience: entityId,
      recipient: acsUrl,
      destination: acsUrl,
      signatureAlgorithm: 'rsa-sha256',
      digestAlgorithm: 'sha256',
      mappings: { email: 'email' },
      nameIdentifierProbes: ['email'],
    });
  });
});
