import { sessionEnd } from './session';

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
