import { SsoError, type Tenant } from '@gatehouse/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config';
import { CONFIG } from '../http/config.token';
import { sendRefusal } from '../http/problem.filter';
import { tenantPage } from '../tenants/present-tenant';
import { TenantHosts } from './tenant-hosts';

/** What identity providers and directories were told, and what the pages of a refusal there need. */
const servedThere = /^\/(?:saml|scim|assets)\//;
const beginnings: readonly string[] = ['/', '/login'];

/**
 * At a tenant's own host only its connections and directories answer, and the way to its login page begins: cookies, the issuer and the
 * API live at the deployment's host alone (TEN-8, LOG-4).
 */
export function serveTenantHosts(app: NestFastifyApplication): void {
  const [hosts, config]: [TenantHosts, Config] = [app.get(TenantHosts), app.get(CONFIG)];
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', async (request, reply) => {
    try {
      const tenant = await hosts.find(request);
      if (!tenant || servedThere.test(request.url)) return;
      await answer(tenant, config, request, reply);
    } catch (thrown) {
      await sendRefusal(thrown, request, reply);
    }
    return reply;
  });
}

async function answer(
  { slug }: Tenant,
  config: Config,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const [path = ''] = request.url.split('?');
  const isVisit = request.method === 'GET' || request.method === 'HEAD';
  if (!isVisit || !beginnings.includes(path))
    throw new SsoError('not_found', 'There is nothing at this address of this host.', {
      got: path.slice(0, 80),
    });
  // No address but the configured one, and no cache in between that might show it to who asked another host.
  await reply.header('cache-control', 'no-store').redirect(tenantPage(slug, config), 303);
}
