import { createSso, type SsoOptions } from '../src/index.ts';
import { client, type FakeIssuer } from './fake-issuer.ts';

export const cookieSecret = 'a-cookie-secret-of-more-than-32-characters';
export const redirectUri = 'https://app.example/auth/callback';

/** The SDK pointed at the fake issuer; builders name only what matters. */
export function anSso(issuer: Pick<FakeIssuer, 'url'>, options: SsoOptions = {}) {
  return createSso({
    url: issuer.url,
    clientId: client.id,
    clientSecret: client.secret,
    cookieSecret,
    env: {},
    ...options,
  });
}
