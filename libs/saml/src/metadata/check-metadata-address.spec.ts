import { refusal } from '../../test/answers';
import { checkMetadataAddress } from './check-metadata-address';

const entra = 'https://login.microsoftonline.com/5c2e/federationmetadata/2007-06/federationmetadata.xml';

describe('an address of metadata', () => {
  it.each([
    entra,
    `${entra}?appid=`,
    `${entra}?other=1`,
    entra.replace('5c2e', 'common'),
    entra.replace('federationmetadata/', 'FederationMetadata/').replace('login.', 'LOGIN.'),
    entra.replace('.com', '.us'),
  ])('of a whole Entra ID directory is refused: %s [CON-6] [CRT-5]', (address) => {
    expect(refusal(() => checkMetadataAddress(address))).toBe('metadata_is_tenant_wide');
  });

  it.each([
    `${entra}?appid=7d1f`,
    `${entra}?AppId=7d1f&x=1`,
    'https://adfs.example/FederationMetadata/2007-06/FederationMetadata.xml',
    'https://acme.okta.com/app/exk1/sso/saml/metadata',
    'not an address',
  ])('of one application, or of another product, is left alone: %s [CON-6]', (address) => {
    expect(refusal(() => checkMetadataAddress(address))).toBe('accepted');
  });
});
