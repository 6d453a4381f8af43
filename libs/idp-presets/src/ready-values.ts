/** What a connection is towards its identity provider; absolute URLs. */
export interface OwnAddresses {
  readonly acsUrl: string;
  readonly entityId: string;
}

/**
 * OneLogin's "ACS (Consumer) URL Validator": a regular expression which the ACS URL fits from its first character to its last.
 * Slashes stay as they are; OneLogin takes no delimiters.
 */
export function acsValidator({ acsUrl }: Pick<OwnAddresses, 'acsUrl'>): string {
  return `^${acsUrl.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`;
}

/**
 * The settings of Auth0's SAML2 add-on. Both algorithms are named, because left out they are SHA-1, which we refuse. The address
 * is asked for as the name of the person, because Auth0's own user ID is what it sends otherwise; Auth0 looks for it under the
 * name that the mappings give it, not under its own.
 */
export function auth0Settings({ acsUrl, entityId }: OwnAddresses): string {
  const settings = {
    audience: entityId,
    recipient: acsUrl,
    destination: acsUrl,
    signatureAlgorithm: 'rsa-sha256',
    digestAlgorithm: 'sha256',
    nameIdentifierFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
    nameIdentifierProbes: ['email'],
    mappings: { user_id: 'id', email: 'email', given_name: 'firstName', family_name: 'lastName' },
  };
  return JSON.stringify(settings, null, 2);
}
