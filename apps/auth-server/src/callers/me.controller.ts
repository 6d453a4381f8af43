import { reachOf, scopes, tokenReach, type Reach, type Scope } from '@gatehouse/core';
import { Get } from '@nestjs/common';
import { z } from 'zod';
import { Answer, ApiController } from '../http/api';
import { Calling, memberViewOf, type Caller } from '../http/caller';
import { Needs } from '../http/needs';

const named = z.object({ id: z.string(), name: z.string().optional() });

const me = z.object({
  caller: z.enum(['operator', 'token', 'session']),
  tenant: named.extend({ slug: z.string() }).optional(),
  user: named.extend({ email: z.string() }).optional(),
  member: z.object({ id: z.string(), role: z.string() }).optional(),
  token: named.extend({ expiresAt: z.string() }).optional(),
  session: z.object({ id: z.string(), via: z.string(), expiresAt: z.string() }).optional(),
  may: z
    .record(z.string(), z.enum(['all', 'own']))
    .describe("Each scope that is open to the caller now: for everything of its tenant's, or for its own."),
});

/** Who the server takes the caller for. */
@ApiController('me', 'Callers')
export class MeController {
  @Get()
  @Needs('any-caller')
  @Answer(200, 'Who calls, and what it may do at this moment.', me)
  get(@Calling() caller: Caller) {
    const view = memberViewOf(caller);
    return { caller: caller.kind, ...(view && present(view)), ...credentialOf(caller), may: openTo(caller) };
  }
}

function present({ tenant, user, member }: NonNullable<ReturnType<typeof memberViewOf>>) {
  return {
    tenant: { id: tenant.id, slug: tenant.slug, name: tenant.name },
    user: { id: user.id, email: user.email, name: user.name },
    member: { id: member.id, role: member.role },
  };
}

function credentialOf(caller: Caller) {
  if (caller.kind === 'operator') return {};
  if (caller.kind === 'token') {
    const { id, name, expiresAt } = caller.token;
    return { token: { id, name, expiresAt } };
  }
  const { id, via, expiresAt } = caller.view.session;
  return { session: { id, via, expiresAt } };
}

function openTo(caller: Caller): Readonly<Record<string, Reach>> {
  const reaches = scopes.map((scope) => [scope, reach(caller, scope)] as const);
  return Object.fromEntries(reaches.filter(([, to]) => to !== 'none'));
}

function reach(caller: Caller, scope: Scope): Reach {
  if (caller.kind === 'operator') return 'all';
  return caller.kind === 'token' ? tokenReach(caller, scope) : reachOf(caller.view.member.role, scope);
}
