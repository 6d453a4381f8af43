import { roles } from '../members/member';
import { isScope, reachOf, scopes } from './scope';

const setting = scopes.filter((scope) => !scope.startsWith('sessions:') && !scope.startsWith('api-tokens:'));

describe('what a role may do', () => {
  it.each(setting)('%s is for owners and admins only [TEN-3]', (scope) => {
    expect(roles.filter((role) => reachOf(role, scope) !== 'none')).toEqual(['owner', 'admin']);
  });

  it.each(['sessions:read', 'sessions:write', 'api-tokens:read', 'api-tokens:write'] as const)(
    '%s is for everybody, but of other people for owners and admins only [TEN-3] [SES-3] [SES-4]',
    (scope) => {
      expect(roles.map((role) => reachOf(role, scope))).toEqual(['all', 'all', 'own', 'own']);
    },
  );

  it('names scopes, and takes nothing else for one', () => {
    expect(scopes).toContain('connections:write');
    expect(scopes.every(isScope)).toBe(true);
    for (const other of ['everything', 'toString', '__proto__', 'members', '', undefined, 1])
      expect(isScope(other)).toBe(false);
  });
});
