// @node-saml/node-saml for `npm run bench:verification`: both signatures wanted, as its defaults are.
import { SAML } from '@node-saml/node-saml';

export function contender({ idpEntityId, spEntityId, acsUrl, certificatePem }) {
  const saml = new SAML({
    idpCert: certificatePem,
    idpIssuer: idpEntityId,
    issuer: spEntityId,
    audience: spEntityId,
    callbackUrl: acsUrl,
    entryPoint: 'https://idp.example/sso',
    // The responses were made once and are verified again and again: their window is not what is measured.
    acceptedClockSkewMs: -1,
  });
  return async (SAMLResponse) => (await saml.validatePostResponseAsync({ SAMLResponse })).profile.nameID;
}
