import type { SsoConfig } from '../config.ts';
import { toBase64Url } from '../encoding.ts';
import type { JsonObject } from '../json.ts';
import { isTenant, parseSession, type SsoSession } from '../session/session.ts';
import { SsoError } from '../sso-error.ts';

const day = 86_400;

/** The session that a verified ID token opens; refuses one for a tenant that was not asked for. */
export function sessionFromAnswer(
  config: SsoConfig,
  answer: { readonly claims: JsonObject; readonly idToken: string; readonly tenant: string | undefined },
): SsoSession {
  const session = parseSession({
    ...fromClaims(answer.claims),
    id: toBase64Url(config.randomBytes(16)),
    idToken: answer.idToken,
  });
  if (answer.tenant !== undefined && !isTenant(session.tenant, answer.tenant, config.tenantKey)) {
    throw new SsoError('sso_wrong_tenant', 'You have signed in to another team than the one you asked for.', {
      httpStatus: 403,
      hint: 'Sign in again and choose an account of that team.',
    });
  }
  return limited(session, config.now().getTime() / 1000);
}

function fromClaims(claims: JsonObject): JsonObject {
  return {
    user: {
      id: claims['sub'],
      memberId: claims['member_id'],
      email: claims['email'],
      name: claims['name'],
      givenName: claims['given_name'],
      familyName: claims['family_name'],
      role: claims['role'],
      groups: claims['groups'],
      attributes: claims['attributes'],
    },
    sid: claims['sid'],
    tenant: claims['tenant'],
    via: claims['via'],
    connection: claims['connection'],
    amr: claims['amr'],
    authTime: claims['auth_time'],
    sessionExpiresAt: claims['session_expires_at'],
  };
}

/**
 * Whatever the token says, 24 hours from now the identity provider is asked again. `auth_time` is no measure of that:
 * it is when the identity provider last saw the person prove themselves, which may be days ago.
 */
function limited(session: SsoSession, now: number): SsoSession {
  const sessionExpiresAt = Math.min(session.sessionExpiresAt, now + day);
  if (sessionExpiresAt > now) return { ...session, sessionExpiresAt };
  throw new SsoError('sso_session_expired', 'The session is over.', {
    httpStatus: 401,
    hint: 'Sign in again.',
  });
}
