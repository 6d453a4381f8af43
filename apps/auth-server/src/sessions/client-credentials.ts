import { createHash, timingSafeEqual } from 'node:crypto';
import { applicationId, SsoError, type ApplicationId, type Applications } from '@gatehouse/core';

/** The application that proves itself by its secret, as at the token endpoint (RFC 6749 2.3.1). Throws `credential_*`. */
export async function requireApplication(
  applications: Pick<Applications, 'find'>,
  authorization: string | undefined,
): Promise<ApplicationId> {
  if (authorization === undefined)
    throw new SsoError('credential_missing', 'Send the ID and the secret of the application by HTTP Basic.');
  const { id, secret } = readBasic(authorization);
  const known = applicationId.is(id) ? await applications.find(id) : undefined;
  // Compared in any case: who asks with an unknown ID waits as long.
  const fits = timingSafeEqual(digest(secret), digest(known?.secret ?? ''));
  if (known && fits) return known.application.id;
  throw new SsoError('credential_invalid', 'This is not the ID and the secret of an application.');
}

function readBasic(authorization: string): { id: string; secret: string } {
  const encoded = /^Basic ([A-Za-z0-9+/=_-]+)$/i.exec(authorization)?.[1] ?? '';
  const [, id = '', secret = ''] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
  return { id: formDecoded(id), secret: formDecoded(secret) };
}

// Both parts are form-encoded before they are joined; what is not may still hold a percent sign.
function formDecoded(text: string): string {
  return new URLSearchParams(`_=${text.replaceAll('&', '%26')}`).get('_') ?? '';
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
