import { SsoError } from '@gatehouse/core';
import type { FastifyRequest } from 'fastify';

type Sent = Pick<FastifyRequest, 'url' | 'headers'> & {
  readonly raw: { readonly rawHeaders: readonly string[] };
};

/** The key of an `Authorization: Bearer` header (RFC 6750 2.1), the only place where one is taken from. */
export function readBearer(request: Sent): string | undefined {
  refuseKeyInAddress(request.url);
  refuseSeveral(request.raw.rawHeaders);
  const header = request.headers.authorization;
  if (header === undefined) return undefined;
  const key = /^Bearer +(\S+)$/i.exec(header)?.[1];
  if (key !== undefined) return key;
  throw new SsoError('credential_invalid', 'Send the key as "Authorization: Bearer …".', {
    want: 'the scheme Bearer, a space, and the key',
  });
}

const parameter = /[?&](?:access_token|api_key)=/i;
const secret = /gatehouse_(?:scim_)?[0-9a-f]{16}/i;

// RFC 9700 2.1 and RFC 6750 5.3: addresses end up in logs, histories and Referer headers. Nothing of it is repeated here.
function refuseKeyInAddress(url: string): void {
  if (!parameter.test(url) && !secret.test(url)) return;
  throw new SsoError(
    'credential_misplaced',
    'Keys are never sent in an address, where logs keep them: revoke this one, and send another as "Authorization: Bearer …".',
  );
}

// Node keeps the first of several, a proxy before us may have judged by the last.
function refuseSeveral(rawHeaders: readonly string[]): void {
  const names = rawHeaders.filter((_, index) => index % 2 === 0);
  if (names.filter((name) => name.toLowerCase() === 'authorization').length < 2) return;
  throw new SsoError('credential_ambiguous', 'Send one Authorization header.', { got: 'several' });
}
