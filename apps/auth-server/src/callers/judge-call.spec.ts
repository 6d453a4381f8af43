import {
  roles,
  scopes,
  startingPolicy,
  type ApiToken,
  type Member,
  type Role,
  type Scope,
  type Session,
  type Tenant,
} from '@gatehouse/core';
import type { Caller } from '../http/caller';
import type { DeclaredNeed, Need } from '../http/needs';
import { judgeCall } from './judge-call';

const at = new Date('2026-03-01T12:00:00Z');
const actor = { kind: 'member', id: 'mem_1' } as const;
const tenant: Tenant = {
  ...{ id: 'ten_1', slug: 'acme', name: 'Acme', associateByEmail: false, policy: startingPolicy },
  ...{ ssoEntitled: true, createdAt: at },
};
const user = { id: 'user_1', email: 'ada@acme.example', createdAt: at } as const;
const session: Session = {
  ...{ id: 'ses_1', tenantId: 'ten_1', userId: 'user_1', memberId: 'mem_1', via: 'password' },
  ...{ breakGlass: false, groups: [], authenticatedAt: at, createdAt: at, expiresAt: at },
};

function aMember(role: Role): Member {
  return { id: 'mem_1', tenantId: 'ten_1', userId: 'user_1', role, sso: 'inherit', createdAt: at };
}

function bySession(role: Role): Caller {
  return { kind: 'session', actor, view: { session, tenant, user, member: aMember(role) } };
}

function byToken(role: Role, granted: readonly Scope[]): Caller {
  const ids = { id: 'tok_1', tenantId: 'ten_1', memberId: 'mem_1' } as const;
  const token: ApiToken = {
    ...ids,
    name: 'T',
    scopes: granted,
    createdAt: at,
    createdBy: actor,
    expiresAt: at,
  };
  return { kind: 'token', actor, token, tenant, user, member: aMember(role) };
}

const operator: Caller = { kind: 'operator', actor: { kind: 'operator' } };

function judge(caller: Caller, need: Need, given: Partial<DeclaredNeed> = {}): string {
  const verdict = judgeCall(caller, { need, own: false, tokens: true, ...given });
  return verdict.kind === 'allowed' ? verdict.reach : verdict.kind;
}

describe('what a caller may do', () => {
  it('is everything for the operator [APP-3]', () => {
    for (const need of [...scopes, 'operator', 'any-caller'] as const)
      for (const tokens of [true, false]) expect(judge(operator, need, { tokens })).toBe('all');
  });

  it('is nothing of the deployment for members, whatever their role and token [SEC-3]', () => {
    for (const role of roles) {
      expect(judge(bySession(role), 'operator')).toBe('operator-only');
      expect(judge(byToken(role, scopes), 'operator')).toBe('operator-only');
    }
  });

  it('is the settings of a tenant for its owners and admins only [TEN-3]', () => {
    for (const need of [
      'connections:read',
      'domains:write',
      'enforcement:write',
      'sign-ins:read',
      'audit:read',
    ] as const) {
      expect(roles.map((role) => judge(bySession(role), need))).toEqual([
        'all',
        'all',
        'role-too-low',
        'role-too-low',
      ]);
      expect(roles.map((role) => judge(byToken(role, scopes), need))).toEqual([
        'all',
        'all',
        'role-too-low',
        'role-too-low',
      ]);
    }
  });

  it("is one's own things for everybody, on routes that say that they keep others' apart [TEN-3] [SES-4]", () => {
    const reach = (own: boolean) => roles.map((role) => judge(bySession(role), 'api-tokens:read', { own }));
    expect(reach(true)).toEqual(['all', 'all', 'own', 'own']);
    expect(reach(false)).toEqual(['all', 'all', 'role-too-low', 'role-too-low']);
  });

  it('is for a token what it was made for, and nothing besides [SES-4]', () => {
    for (const need of scopes) {
      const others = scopes.filter((scope) => scope !== need);
      expect(judge(byToken('owner', [need]), need)).toBe('all');
      expect(judge(byToken('owner', others), need)).toBe('scope-missing');
      expect(judge(byToken('owner', []), need)).toBe('scope-missing');
    }
  });

  it('is nothing for a token where somebody must sit at a browser [SES-4]', () => {
    const need = { own: true, tokens: false };
    expect(judge(byToken('owner', scopes), 'api-tokens:write', need)).toBe('browser-only');
    expect(judge(bySession('viewer'), 'api-tokens:write', need)).toBe('own');
  });

  it('is always to ask who one is [APP-3]', () => {
    expect(judge(byToken('viewer', []), 'any-caller')).toBe('own');
    expect(judge(bySession('viewer'), 'any-caller')).toBe('own');
  });
});
