import { reachOf, type Reach } from '@gatehouse/core';
import { memberViewOf, type Caller } from '../http/caller';
import type { DeclaredNeed } from '../http/needs';

/** Whether a caller may do what a route does; `own` lets it touch its own things only. */
export type Verdict =
  | { readonly kind: 'allowed'; readonly reach: Exclude<Reach, 'none'> }
  | { readonly kind: 'operator-only' | 'browser-only' | 'role-too-low' | 'scope-missing' };

/** The whole authorization of the API, but for the tenant: decided by the role as it is at this call (TEN-4). */
export function judgeCall(caller: Caller, { need, own, tokens }: DeclaredNeed): Verdict {
  const view = memberViewOf(caller);
  if (!view || need === 'nothing') return { kind: 'allowed', reach: 'all' };
  if (need === 'operator') return { kind: 'operator-only' };
  if (caller.kind === 'token' && !tokens) return { kind: 'browser-only' };
  if (need === 'any-caller') return { kind: 'allowed', reach: 'own' };
  const reach = reachOf(view.member.role, need);
  if (reach === 'none' || (reach === 'own' && !own)) return { kind: 'role-too-low' };
  if (caller.kind === 'token' && !caller.token.scopes.includes(need)) return { kind: 'scope-missing' };
  return { kind: 'allowed', reach };
}
