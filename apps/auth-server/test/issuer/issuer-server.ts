import { randomBytes } from 'node:crypto';
import {
  Applications,
  Chance,
  Clock,
  Members,
  sessionId,
  SessionOpener,
  SessionStore,
  startingPolicy,
  tenantId,
  TenantStore,
} from '@gatehouse/core';
import type { Session, Tenant } from '@gatehouse/core';
import { Controller, Get, Module, Query, Req, Res } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../src/config';
import { CoreModule } from '../../src/core.module';
import { CONFIG } from '../../src/http/config.token';
import { Interactions } from '../../src/issuer/interactions';
import { IssuerModule } from '../../src/issuer/issuer.module';
import { mountIssuer } from '../../src/issuer/mount-issuer';

export const redirectUri = 'https://app.example.com/callback';

/** Stands in for the sign-in pages: says that the session named in the query has signed in. */
@Controller('sign-in-as')
class SignInController {
  constructor(private readonly interactions: Interactions) {}

  @Get()
  async finish(@Query('session') session: string, @Req() req: FastifyRequest, @Res() reply: FastifyReply) {
    const details = await this.interactions.details(req.raw, reply.raw);
    const answered = { sessionId: sessionId.parse(session), interactionId: details?.uid };
    const next = await this.interactions.finish(req.raw, reply.raw, answered);
    return reply.header('x-hints', JSON.stringify(details?.hints)).redirect(next, 303);
  }
}

@Module({ imports: [CoreModule, IssuerModule], controllers: [SignInController] })
class IssuerTestModule {}

/** A server that has the issuer and nothing else. */
export async function startIssuer(databaseUrl: string, publicUrl: string) {
  const config: Config = {
    ...{ host: '127.0.0.1', port: 0, publicUrl, databaseUrl, operatorKey: 'operator-key-of-the-tests' },
    ...{
      secretKeys: [{ name: 'k1', key: Buffer.alloc(32, 7) }],
      cookieKeys: ['cookie-key-of-the-tests-32-octets!'],
    },
    ...{
      sessionLifetimeMs: 3_600_000,
      dnsServers: [],
      allowedPrivateHosts: [],
      disabledProtocols: [],
      trustedProxies: [],
    },
    apiTokenLongestDays: 365,
    productName: 'Gatehouse',
  };
  const built = await Test.createTestingModule({ imports: [IssuerTestModule] })
    .overrideProvider(CONFIG)
    .useValue(config)
    .compile();
  const app = built.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  await mountIssuer(app);
  await app.listen(0, '127.0.0.1');
  return { app, publicUrl, address: await app.getUrl() };
}

export type IssuerServer = Awaited<ReturnType<typeof startIssuer>>;

/** A tenant with one member, and an application. */
export async function furnish({ app }: IssuerServer, slug: string) {
  const actor = { kind: 'operator' } as const;
  const tenant = await anOrganisationWithSso(app, slug);
  const person = await app
    .get(Members)
    .add(tenant, { email: `ada@${slug}.example`, name: 'Ada', role: 'admin' }, { actor, role: 'operator' });
  const connectionId = `conn_${'0'.repeat(26)}` as const;
  const open = (who = person): Promise<Session> => {
    const now = app.get(Clock).now();
    const proof = { via: 'saml', connectionId, authenticatedAt: now, groups: ['staff'] } as const;
    return app.get(SessionOpener).open(tenant, who, proof, actor);
  };
  const end = (session: Session) =>
    app.get(SessionStore).end(tenant.id, session.id, {
      ...{ type: 'session.ended', tenantId: tenant.id, at: app.get(Clock).now(), actor, subject: session.id },
    });
  return { tenant, person, open, end };
}

async function anOrganisationWithSso(app: NestFastifyApplication, slug: string): Promise<Tenant> {
  const at = app.get(Clock).now();
  const tenant: Tenant = {
    ...{ id: tenantId.create(at, app.get(Chance)), slug, name: slug, externalId: `ext-${slug}` },
    ...{ associateByEmail: false, policy: { ...startingPolicy, sso: 'optional' }, ssoEntitled: true },
    createdAt: at,
  };
  const what = { type: 'tenant.created', tenantId: tenant.id, subject: tenant.id } as const;
  await app.get(TenantStore).create(tenant, { ...what, at, actor: { kind: 'operator' } });
  return tenant;
}

export function addApplication({ app }: IssuerServer, postLogoutRedirectUris: readonly string[] = []) {
  const name = `Test ${randomBytes(3).toString('hex')}`;
  const wanted = { name, redirectUris: [redirectUri], postLogoutRedirectUris };
  return app.get(Applications).create(wanted, { kind: 'operator' });
}
