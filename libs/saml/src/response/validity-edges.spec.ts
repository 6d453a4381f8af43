import { refuseStaleAuthentication, sessionEnd } from '@gatehouse/core';
import { aConnection, now, refusal, verify } from '../../test/answers';

/** Milliseconds after the moment of verification; minus is before. */
function at(milliseconds: number): Date {
  return new Date(now.getTime() + milliseconds);
}

const day = 24 * 60 * 60_000;
const far = at(day);

describe.each([0, 1, 180, 300])('with clocks that may differ by %i seconds', (clockSkewSeconds) => {
  const skew = clockSkewSeconds * 1000;
  const told = (changes: Parameters<typeof verify>[0]) =>
    refusal(() => verify({ notOnOrAfter: far, ...changes }, { clockSkewSeconds }));

  it.each([
    ['begin now', { notBefore: at(0) }, 'accepted'],
    ['begin exactly as much later', { notBefore: at(skew) }, 'accepted'],
    ['begin a millisecond more later', { notBefore: at(skew + 1) }, 'saml_not_yet_valid'],
    [
      'ended a millisecond less ago',
      { notOnOrAfter: at(1 - skew), confirmationNotOnOrAfter: far },
      'accepted',
    ],
    ['ended exactly as much ago', { notOnOrAfter: at(-skew), confirmationNotOnOrAfter: far }, 'saml_expired'],
    [
      'ended a millisecond more ago',
      { notOnOrAfter: at(-skew - 1), confirmationNotOnOrAfter: far },
      'saml_expired',
    ],
  ])('conditions that %s [SML-6]', (_, changes, code) => {
    expect(told(changes)).toBe(code);
  });

  it.each([
    ['ended a millisecond less ago', at(1 - skew), 'accepted'],
    ['ended exactly as much ago', at(-skew), 'saml_expired'],
    ['ended a millisecond more ago', at(-skew - 1), 'saml_expired'],
  ])('a subject confirmation that %s [SML-6]', (_, confirmationNotOnOrAfter, code) => {
    expect(told({ confirmationNotOnOrAfter })).toBe(code);
  });

  it.each([
    ['exactly as much in the future', at(skew), 'accepted'],
    ['a millisecond more in the future', at(skew + 1), 'saml_not_yet_valid'],
  ])('a sign-in at the identity provider %s [SML-6]', (_, authnInstant, code) => {
    expect(told({ authnInstant })).toBe(code);
  });

  it.each([
    ['a millisecond from now', at(1), 'accepted'],
    ['now', at(0), 'saml_session_expired'],
    ['a millisecond ago, whatever clocks may differ', at(-1), 'saml_session_expired'],
  ])("the identity provider's session, over %s [SML-12]", (_, sessionNotOnOrAfter, code) => {
    expect(told({ sessionNotOnOrAfter })).toBe(code);
  });

  it.each([
    ['exactly as much before we asked', -skew, 'accepted'],
    ['a millisecond more before we asked', -skew - 1, 'saml_authentication_stale'],
  ])('a forced sign-in that was made %s [SES-5]', (_, made, code) => {
    const settings = { ...aConnection().settings, clockSkewSeconds, forceAuthn: true };
    const check = () =>
      refuseStaleAuthentication({ settings }, { startedAt: now }, { authenticatedAt: at(made) });
    expect(refusal(check)).toBe(code);
  });
});

describe('how long our session lasts [SML-12]', () => {
  const hour = 3_600_000;
  it.each([
    ['as long as ours', undefined, hour],
    ["until the identity provider's end, a millisecond before ours", at(hour - 1), hour - 1],
    ['until both ends, which are the same', at(hour), hour],
    ["until ours, a millisecond before the identity provider's", at(hour + 1), hour],
    ['one millisecond, when that is all the identity provider leaves', at(1), 1],
  ])('%s', (_, sessionNotOnOrAfter, lasts) => {
    const changes =
      sessionNotOnOrAfter === undefined ? { sessionNotOnOrAfter: null } : { sessionNotOnOrAfter };
    const { sessionNotOnOrAfter: said } = verify(changes);
    expect(sessionEnd(now, hour, said).getTime() - now.getTime()).toBe(lasts);
  });
});
