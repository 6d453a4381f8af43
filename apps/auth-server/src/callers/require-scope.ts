import type { Scope } from '@gatehouse/core';
import type { Caller } from '../http/caller';
import { scopeMissing } from './refuse-call';

/** For what a call does besides, where that has a scope of its own. Throws `scope_missing`. */
export function requireScope(caller: Caller, scope: Scope): void {
  if (caller.kind !== 'token' || caller.token.scopes.includes(scope)) return;
  throw scopeMissing(scope, caller.token.scopes);
}
