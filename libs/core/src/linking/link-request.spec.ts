import { isRequestOpen, requestStanding, type LinkRequestTimes } from './link-request';

const now = new Date('2026-03-01T12:00:00Z');
const before = new Date('2026-03-01T11:00:00Z');
const open: LinkRequestTimes = { expiresAt: new Date('2026-03-04T12:00:00Z') };
const over: LinkRequestTimes = { expiresAt: now };

describe('what became of a request to link', () => {
  it.each([
    ['waiting', open],
    ['sent', { ...open, sentAt: before }],
    ['opened', { ...open, sentAt: before, openedAt: before }],
    ['linked', { ...over, sentAt: before, openedAt: before, usedAt: before }],
    ['expired', { ...over, sentAt: before, openedAt: before }],
    ['bounced', { ...over, bouncedAt: before }],
    ['opened', { ...open, bouncedAt: before, openedAt: before }],
    ['revoked', { ...open, usedAt: before, revokedAt: before }],
  ] as const)('is %s [LNK-4]', (standing, request) => {
    expect(requestStanding(request, now)).toBe(standing);
  });

  it('leaves its link good until it is used, revoked or 72 hours old, whatever mail servers say [LNK-3]', () => {
    expect(isRequestOpen({ ...open, bouncedAt: before }, now)).toBe(true);
    for (const ended of [over, { ...open, usedAt: before }, { ...open, revokedAt: before }])
      expect(isRequestOpen(ended, now)).toBe(false);
  });
});
