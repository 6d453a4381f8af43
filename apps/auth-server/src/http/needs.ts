import { isScope, type Scope } from '@gatehouse/core';
import { applyDecorators, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { ApiExtension, ApiSecurity } from '@nestjs/swagger';

/** What a route of the API asks of its caller: a scope, the operator, any credential at all, or nothing. */
export type Need = Scope | 'operator' | 'any-caller' | 'nothing';

export interface DeclaredNeed {
  readonly need: Need;
  /** Whether it is open to members who may touch their own things only: the route then asks `@Whose()`. */
  readonly own: boolean;
  /** Whether a program may do it, or only somebody at a browser. */
  readonly tokens: boolean;
}

const metadataKey = 'gatehouse:need';

/** The ways to prove who calls, as the API's description names them. */
export const securitySchemes = {
  operator: 'operator-key',
  token: 'api-token',
  session: 'browser-session',
} as const;

export function isScopeNeed(need: Need): need is Scope {
  return isScope(need);
}

/** Says what a route needs. Each route of the API says so once; one that does not is closed to everybody. */
export function Needs(need: Need, { own = false, tokens = true }: { own?: boolean; tokens?: boolean } = {}) {
  const declared: DeclaredNeed = { need, own, tokens };
  return applyDecorators(SetMetadata(metadataKey, declared), ...describe(declared));
}

export function declaredNeed(
  reflector: Reflector,
  handler: ReturnType<ExecutionContext['getHandler']>,
): DeclaredNeed | undefined {
  return reflector.get<DeclaredNeed | undefined>(metadataKey, handler);
}

// OpenAPI 3.1, Security Requirement Object: for a scheme other than OAuth the list may name roles; ours names the scope.
function describe({ need, own, tokens }: DeclaredNeed) {
  if (need === 'nothing') return [];
  const operator = ApiSecurity(securitySchemes.operator);
  if (need === 'operator') return [operator];
  const scopes = isScopeNeed(need) ? [need] : [];
  const member = [ApiSecurity(securitySchemes.session, scopes)];
  const token = tokens ? [ApiSecurity(securitySchemes.token, scopes)] : [];
  // Said besides: every member may call it, and reaches what is their own.
  return [operator, ...member, ...token, ...(own ? [ApiExtension('x-open-for-own', true)] : [])];
}
