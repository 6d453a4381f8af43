import { randomBytes } from 'node:crypto';
import type { OidcPayload } from '@gatehouse/core-postgres';
import type { Config } from '../config';

/** Our own account pages, as a client of the issuer like any application: they get no other way to sign in. */
export const accountClientId = 'account';

export function accountRedirectUri({ publicUrl }: Pick<Config, 'publicUrl'>): string {
  return `${publicUrl}/account/signed-in`;
}

/** Its codes are never redeemed, for the browser's session at the issuer is all that the pages need: the secret is nobody's. */
export function describeAccountClient(config: Pick<Config, 'publicUrl'>): OidcPayload {
  return {
    client_id: accountClientId,
    client_secret: randomBytes(32).toString('base64url'),
    client_name: 'your account',
    redirect_uris: [accountRedirectUri(config)],
    post_logout_redirect_uris: [],
    response_types: ['code'],
    grant_types: ['authorization_code'],
    id_token_signed_response_alg: 'ES256',
  };
}
