import type {
  Actor,
  ApiToken,
  Authority,
  Member,
  MemberId,
  SessionView,
  Tenant,
  User,
} from '@gatehouse/core';
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

/** A call that was let in. */
interface AdmittedCall {
  readonly caller: Caller;
  /** Set where the caller may touch its own things only. */
  readonly whose?: MemberId;
}

const admitted = new WeakMap<FastifyRequest, AdmittedCall>();

/** For the guard alone, which has looked at the credential. */
export function rememberCall(request: FastifyRequest, call: AdmittedCall): void {
  admitted.set(request, call);
}

function callOf(context: ExecutionContext): AdmittedCall {
  const call = admitted.get(context.switchToHttp().getRequest<FastifyRequest>());
  if (call) return call;
  throw new Error('This route asks who calls, and stands behind no guard that knows.');
}

/** `@Calling() caller: Caller`: the caller of a route of the management API. */
export const Calling = createParamDecorator(
  (_: unknown, context: ExecutionContext): Caller => callOf(context).caller,
);

/** `@Acting() actor: Actor`: the caller, as audit rows name it. */
export const Acting = createParamDecorator(
  (_: unknown, context: ExecutionContext): Actor => callOf(context).caller.actor,
);

/** `@OnWord() by: Authority`: on whose word members come, change and go. */
export const OnWord = createParamDecorator((_: unknown, context: ExecutionContext): Authority =>
  authorityOf(callOf(context).caller),
);

/** `@Whose() whose: MemberId | undefined`: of a route that is open for one's own things, the member whose they must be. */
export const Whose = createParamDecorator(
  (_: unknown, context: ExecutionContext): MemberId | undefined => callOf(context).whose,
);

/** Whose call it is, and in which tenant; nothing where the operator calls. */
export function memberViewOf(
  caller: Caller,
): { readonly tenant: Tenant; readonly user: User; readonly member: Member } | undefined {
  if (caller.kind === 'operator') return undefined;
  const { tenant, user, member } = caller.kind === 'session' ? caller.view : caller;
  return { tenant, user, member };
}

export function authorityOf(caller: Caller): Authority {
  return { actor: caller.actor, role: memberViewOf(caller)?.member.role ?? 'operator' };
}

/** How the caller is signed in right now; nothing for programs and the operator. */
export function sessionOf(caller: Caller): SessionView | undefined {
  return caller.kind === 'session' ? caller.view : undefined;
}
