import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';

/** The host that a browser says it asked, without port and in one spelling; it only chooses what is shown, never a link. */
export function requestHost(request: Pick<FastifyRequest, 'hostname'>): string {
  const name = (request.hostname || '').toLowerCase().replace(/\.$/, '');
  return /^[a-z0-9.-]{1,253}$/.test(name) ? name : '';
}

/** Whether a tenant could have it: addresses and names without a dot are how machines next door ask. */
export function couldBeTenantHost(host: string): boolean {
  return host.includes('.') && isIP(host) === 0;
}
