import { sessionEnd } from './session';
import { refuseSuspended } from './session-opener';

const now = new Date('2026-11-21T12:00:00Z');

describe('a session', () => {
  const hour = 3_600_000;

  it('ends after 24 hours at most, whatever the deployment asks [SES-1]', () => {
    expect(sessionEnd(now, 48 * hour)).toEqual(new Date(now.getTime() + 24 * hour));
    expect(sessionEnd(now, 8 * hour)).toEqual(new Date(now.getTime() + 8 * hour));
  });

  it('ends earlier where the identity provider says so, and never later [SML-12]', () => {
    const soon = new Date(now.getTime() + hour);
    expect(sessionEnd(now, 8 * hour, soon)).toEqual(soon);
    expect(sessionEnd(now, 8 * hour, new Date(now.getTime() + 90 * hour))).toEqual(
      new Date(now.getTime() + 8 * hour),
    );
  });
});

describe('whom no session is opened for', () => {
  const tenant = {
    id: 'ten_1',
    slug: 'acme',
    name: 'Acme',
    associateByEmail: false,
    createdAt: now,
  } as const;
  const member = { id: 'mem_1', tenantId: 'ten_1', userId: 'user_1', role: 'owner', createdAt: now } as const;

  it('is a suspended member, and everybody of a suspended tenant', () => {
    expect(() => refuseSuspended(tenant, member)).not.toThrow();
    const suspended = { ...member, suspendedAt: now };
    expect(() => refuseSuspended(tenant, suspended)).toThrow(
      expect.objectContaining({ code: 'member_suspended' }),
    );
    const closed = { ...tenant, suspendedAt: now };
    expect(() => refuseSuspended(closed, undefined)).toThrow(
      expect.objectContaining({ code: 'tenant_suspended' }),
    );
  });
});
