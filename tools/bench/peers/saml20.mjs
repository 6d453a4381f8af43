// @boxyhq/saml20 for `npm run bench:verification`: it verifies one of the two signatures.
import saml20 from '@boxyhq/saml20';

export function contender({ spEntityId, certificatePem }) {
  const options = { publicKey: certificatePem, audience: spEntityId, bypassExpiration: true };
  return async (samlResponse) => {
    const xml = Buffer.from(samlResponse, 'base64').toString();
    const { claims } = await saml20.default.validate(xml, options);
    return claims['http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier'];
  };
}
