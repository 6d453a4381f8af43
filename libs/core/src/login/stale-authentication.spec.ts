import { aConnection } from '../testing';
import { refuseStaleAuthentication } from './refusals';

const { settings } = aConnection();
const startedAt = new Date('2026-11-21T12:00:10.750Z');

function judged(authenticatedAt: string, forced: Partial<typeof settings> = {}): string {
  const connection = { settings: { ...settings, forceAuthn: true, clockSkewSeconds: 0, ...forced } };
  try {
    refuseStaleAuthentication(connection, { startedAt }, { authenticatedAt: new Date(authenticatedAt) });
    return 'fresh';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'other';
  }
}

describe('a sign-in whose re-authentication was forced', () => {
  it.each([
    ['2026-11-21T12:00:10Z', {}, 'fresh'],
    ['2026-11-21T12:00:11Z', {}, 'fresh'],
    ['2026-11-21T12:00:09.999Z', {}, 'saml_authentication_stale'],
    ['2026-11-21T11:59:10Z', { clockSkewSeconds: 60 }, 'fresh'],
    ['2026-11-21T11:59:09.999Z', { clockSkewSeconds: 60 }, 'saml_authentication_stale'],
    ['2026-11-20T12:00:00Z', { forceAuthn: false }, 'fresh'],
  ])('at %s with %j is %s, where we asked in the second :10 [SES-5]', (at, forced, outcome) => {
    expect(judged(at, forced)).toBe(outcome);
  });
});
