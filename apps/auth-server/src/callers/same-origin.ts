import { SsoError } from '@gatehouse/core';
import type { FastifyRequest } from 'fastify';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * A browser adds its cookie to whatever site asks it to, so a call that changes something must prove that our own pages
 * sent it (SEC-2): browsers write these headers themselves, and no page can.
 */
export function requireSameOrigin(
  { method, headers }: Pick<FastifyRequest, 'method' | 'headers'>,
  publicUrl: string,
): void {
  if (safeMethods.has(method)) return;
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  const own = new URL(publicUrl).origin;
  const foreign = (site !== undefined && site !== 'same-origin') || (origin !== undefined && origin !== own);
  const stated = site !== undefined || origin !== undefined;
  if (stated && !foreign) return;
  throw new SsoError(
    'cross_site_request',
    'Only our own pages may change something by the session of a browser. Programs send an API token.',
    { want: `Origin: ${own}`, got: origin?.slice(0, 200) ?? 'no Origin' },
  );
}
