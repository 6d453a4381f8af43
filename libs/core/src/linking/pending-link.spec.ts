import { mostCodeTries, pendingStanding, wantedProof } from './pending-link';

const now = new Date('2026-03-01T12:00:00Z');
const fresh = { tries: 0, expiresAt: new Date(now.getTime() + 1) };

describe('what is wanted besides the identity', () => {
  it.each([
    ['mail', true, 'none'],
    ['mail', false, 'code'],
    ['sign-in', true, 'code'],
    ['sign-in', false, 'code'],
    ['account', true, 'session'],
    ['account', false, 'session'],
  ] as const)(
    'for who came by %s, the address the same: %s, is: %s [LNK-5]',
    (cause, sameAddress, wanted) => {
      expect(wantedProof({ cause, sameAddress })).toBe(wanted);
    },
  );
});

describe('a pending link', () => {
  it('is open until it is linked, has expired or was guessed at too often [LNK-5]', () => {
    expect(pendingStanding(fresh, now)).toBe('open');
    expect(pendingStanding({ ...fresh, tries: mostCodeTries - 1 }, now)).toBe('open');
    expect(pendingStanding({ ...fresh, tries: mostCodeTries }, now)).toBe('over');
    expect(pendingStanding({ ...fresh, expiresAt: now }, now)).toBe('expired');
    expect(pendingStanding({ ...fresh, expiresAt: now, tries: 9, linkedAt: now }, now)).toBe('linked');
  });
});
