import type { Actor, ApiToken, Member, SessionView, Tenant, User } from '@gatehouse/core';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** Who calls the management API: who runs the deployment, a member's program, or a member in a browser. */
export type Caller =
  | { readonly kind: 'operator'; readonly actor: Actor }
  | {
      readonly kind: 'token';
      readonly actor: Actor;
      readonly token: ApiToken;
      readonly tenant: Tenant;
      readonly user: User;
      /** As it is now: what its role forbids by this request, the token may not. */
      readonly member: Member;
    }
  | { readonly kind: 'session'; readonly actor: Actor; readonly view: SessionView };

const callers = new WeakMap<FastifyRequest, Caller>();

/** For the guard alone, which has looked at the credential. */
export function rememberCaller(request: FastifyRequest, caller: Caller): void {
  callers.set(request, caller);
}

export function callerOf(request: FastifyRequest): Caller {
  const caller = callers.get(request);
  if (caller) return caller;
  throw new Error('This route asks who calls, and stands behind no guard that knows.');
}

function requestOf(context: ExecutionContext): FastifyRequest {
  return context.switchToHttp().getRequest<FastifyRequest>();
}

/** `@Calling() caller: Caller`: the caller of a route of the management API. */
export const Calling = createParamDecorator((_: unknown, context: ExecutionContext) =>
  callerOf(requestOf(context)),
);

/** `@Acting() actor: Actor`: the caller, as audit rows name it. */
export const Acting = createParamDecorator(
  (_: unknown, context: ExecutionContext): Actor => callerOf(requestOf(context)).actor,
);

/** The member who calls; nothing where the operator does. */
export function memberOf(caller: Caller): Member | undefined {
  if (caller.kind === 'operator') return undefined;
  return caller.kind === 'session' ? caller.view.member : caller.member;
}

/** How the caller is signed in right now; nothing for programs. */
export function sessionOf(caller: Caller): SessionView | undefined {
  return caller.kind === 'session' ? caller.view : undefined;
}
