import { join } from 'node:path';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import type { INestApplicationContext } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { SystemChance } from '@gatehouse/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from './config';
import { CONFIG } from './http/config.token';
import { serveTenantHosts } from './hosts/serve-tenant-hosts';
import { declarePathParameters } from './http/path-parameters';
import { describeCredentials } from './http/security-schemes';
import { ProblemFilter, sendRefusal } from './http/problem.filter';
import { createReference } from './http/reference';
import { nameProduct, rememberLanguage } from './pages/reader';
import { mountIssuer } from './issuer/mount-issuer';
import { mountScim } from './scim/mount-scim';
import { scimRoot } from './scim/scim-address';
import { sendScimRefusal } from './scim/scim-refusal';

/** A SAML response of 512 KiB in base64, and a little for the form around it; metadata XML up to 1 MB. */
const bodyLimit = 1_100_000;

const chance = new SystemChance();

export function createAdapter({
  trustedProxies,
  productName,
}: Pick<Config, 'trustedProxies' | 'productName'>): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit,
    trustProxy: [...trustedProxies],
    requestIdHeader: false,
    genReqId: () => createReference(chance),
    // Addresses that cannot be decoded never reach a controller.
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
      void (request.url.startsWith(scimRoot) ? sendScimRefusal : sendRefusal)(error, request, reply),
  });
  nameProduct(adapter.getInstance(), productName);
  return adapter;
}

/** Everything between the socket and the controllers; the same in production and in tests. */
export async function configureApp(app: NestFastifyApplication): Promise<NestFastifyApplication> {
  const config: Config = app.get(CONFIG);
  app.useGlobalFilters(new ProblemFilter());
  app.enableShutdownHooks();
  await app.register(cookie);
  rememberLanguages(app, config);
  await app.register(helmet, securityHeaders(config));
  letSwaggerStyle(app);
  serveTenantHosts(app);
  await app.register(fastifyStatic, { root: join(__dirname, '../assets'), prefix: '/assets/' });
  describeApi(app, config);
  await mountIssuer(app);
  await mountScim(app);
  return app;
}

/** No inline script or style, no framing; forms may lead to identity providers anywhere, so form-action stays open. */
function securityHeaders(config: Config) {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'style-src': ["'self'"],
        'script-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'connect-src': ["'self'"],
        'base-uri': ["'none'"],
        'frame-ancestors': ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    // For browsers that do not read frame-ancestors yet.
    xFrameOptions: { action: 'deny' },
    strictTransportSecurity: config.publicUrl.startsWith('https:') ? { maxAge: 31_536_000 } : false,
  } as const;
}

/** `?lang` of any page is kept, so that the pages that follow speak it, too. */
function rememberLanguages(app: NestFastifyApplication, { publicUrl }: Config): void {
  const secure = publicUrl.startsWith('https:');
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('preHandler', async (request, reply) => rememberLanguage(request, reply, secure));
}

/** Swagger UI writes style attributes; its page shows nothing of ours, so they are let through there and nowhere else. */
function letSwaggerStyle(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onSend', async (request, reply) => {
    if (!/^\/docs(?:$|[/?])/.test(request.url)) return;
    const policy = String(reply.getHeader('content-security-policy'));
    reply.header(
      'content-security-policy',
      policy.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'"),
    );
  });
}

function describeApi(app: NestFastifyApplication & INestApplicationContext, config: Config): void {
  const builder = new DocumentBuilder()
    .setTitle('Gatehouse management API')
    .setDescription('Refusals are problem+json (RFC 9457): decide by `code`, show `detail`.')
    .setVersion('1')
    .setOpenAPIVersion('3.1.0');
  const document = describeCredentials(builder, config).build();
  SwaggerModule.setup('docs', app, () => declarePathParameters(SwaggerModule.createDocument(app, document)));
}
