import { noSuchTenant, TenantOwners } from '@gatehouse/core';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { memberViewOf, rememberCall, type Caller } from '../http/caller';
import { declaredNeed, isScopeNeed, type DeclaredNeed } from '../http/needs';
import { IdentifyCaller } from './identify-caller';
import { judgeCall, type Verdict } from './judge-call';
import { browserRequired, notAnAdmin, operatorRequired, scopeMissing } from './refuse-call';

const parameters = z.object({ tenant: z.string().optional() });
const namedOwners = 5;

/** Stands before every route of the API: closed to all but whom the route's own declaration lets in. */
@Injectable()
export class ApiGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly identify: IdentifyCaller,
    private readonly owners: TenantOwners,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    if (!isOfApi(request)) return true;
    const declared = declaredNeed(this.reflector, context.getHandler());
    if (!declared) throw new Error(`${request.routeOptions.url} does not say what it needs.`);
    if (declared.need === 'nothing') return true;
    // It speaks of people, and to one caller only (RFC 9111 5.2.2.5).
    const reply = http.getResponse<FastifyReply>().header('cache-control', 'no-store');
    const caller = await this.identify.from(request, reply);
    requireOwnTenant(caller, declared, request);
    const verdict = judgeCall(caller, declared);
    if (verdict.kind !== 'allowed') throw await this.refusal(caller, declared, verdict, reply);
    const own = verdict.reach === 'own' ? memberViewOf(caller) : undefined;
    rememberCall(request, { caller, ...(own && { whose: own.member.id }) });
    return true;
  }

  private async refusal(
    caller: Caller,
    { need }: DeclaredNeed,
    { kind }: Verdict,
    reply: FastifyReply,
  ): Promise<Error> {
    if (kind === 'browser-only') return browserRequired();
    if (kind === 'scope-missing') {
      // RFC 6750 3.1.
      reply.header('www-authenticate', `Bearer error="insufficient_scope", scope="${need}"`);
      return scopeMissing(need, caller.kind === 'token' ? caller.token.scopes : []);
    }
    const view = memberViewOf(caller);
    if (kind === 'operator-only' || !view) return operatorRequired();
    return notAnAdmin(view.tenant, view.member, await this.owners.list(view.tenant.id, namedOwners));
  }
}

/** Nothing that a member calls tells whether another tenant exists (SEC-3): its own names are compared, none is looked up. */
function requireOwnTenant(caller: Caller, { need }: DeclaredNeed, request: FastifyRequest): void {
  const own = memberViewOf(caller)?.tenant;
  if (!own) return;
  const { tenant: named } = parameters.parse(request.params);
  if (named === undefined && isScopeNeed(need))
    throw new Error(`${request.routeOptions.url} asks for a scope and names no tenant.`);
  if (named !== undefined && named !== own.id && named !== own.slug) throw noSuchTenant(named);
}

function isOfApi({ routeOptions: { url = '' } }: FastifyRequest): boolean {
  return url.startsWith('/api/');
}
