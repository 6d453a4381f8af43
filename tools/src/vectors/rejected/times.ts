import type { ResponseChanges } from '../../saml-idp';
import { at, change, honest, signAssertion } from '../honest';
import { vectors } from './row';
import type { Row } from './row';

const said = (changes: ResponseChanges) => () => signAssertion(honest(changes));
const written = (old: string | RegExp, text: string) => () => signAssertion(change(honest(), old, text));
const expired = 'saml_expired';
const early = 'saml_not_yet_valid';
const force = { settings: { forceAuthn: true } };
const tight = { settings: { clockSkewSeconds: 0 } };
const later = at(30);

const windows: readonly Row[] = [
  [
    'conditions-expired',
    'The conditions are expired while the confirmation holds',
    expired,
    said({ notOnOrAfter: at(-4), confirmationNotOnOrAfter: later }),
  ],
  [
    'conditions-expired-at-the-skew',
    'The conditions end exactly as long ago as clocks may differ',
    expired,
    said({ notOnOrAfter: at(-3), confirmationNotOnOrAfter: later }),
    { reference: 'SAML Core 2.5.1.2' },
  ],
  [
    'conditions-expired-now',
    'The conditions end this very moment, and clocks may not differ',
    expired,
    said({ notOnOrAfter: at(0), confirmationNotOnOrAfter: later }),
    tight,
  ],
  [
    'conditions-not-yet',
    'The conditions are not valid yet',
    early,
    said({ notBefore: at(4), notOnOrAfter: later }),
  ],
  [
    'conditions-not-yet-at-the-skew',
    'The conditions begin a second later than clocks may differ',
    early,
    said({ notBefore: new Date(at(3).getTime() + 1000), notOnOrAfter: later }),
  ],
  [
    'confirmation-expired-at-the-skew',
    'The confirmation ends exactly as long ago as clocks may differ',
    expired,
    said({ confirmationNotOnOrAfter: at(-3) }),
  ],
  ['sign-in-of-the-future', 'The person signs in tomorrow', early, said({ authnInstant: at(1440) })],
  [
    'sign-in-of-yesterday',
    'The person signed in yesterday, where a new sign-in was asked for',
    'saml_authentication_stale',
    said({ authnInstant: at(-1440) }),
    { ...force, reference: 'SAML Core 3.4.1' },
  ],
  [
    'sign-in-before-the-request',
    'The person signed in half an hour ago, where a new sign-in was asked for',
    'saml_authentication_stale',
    said({ authnInstant: at(-30) }),
    force,
  ],
  [
    'session-ended',
    "The provider's session is over",
    'saml_session_expired',
    said({ sessionNotOnOrAfter: at(-10) }),
    { reference: 'SAML Core 2.7.2' },
  ],
  [
    'year-long-past',
    'The assertion is of last year',
    expired,
    said({ notBefore: at(-525_600), notOnOrAfter: at(-525_595), authnInstant: at(-525_600) }),
  ],
];

const end = /(?<=<saml:Conditions [^>]*)NotOnOrAfter="[^"]*"/;
const dated = (text: string): Row[3] => written(end, `NotOnOrAfter="${text}"`);
const bad = 'saml_date_invalid';
const dates: readonly Row[] = [
  [
    'date-with-offset',
    'The date is in another time zone',
    bad,
    dated('2026-12-01T15:05:00+02:00'),
    { reference: 'SAML Core 1.3.3' },
  ],
  ['date-with-zero-offset', 'The date says +00:00 and not Z', bad, dated('2026-12-01T13:05:00+00:00')],
  ['date-without-zone', 'The date has no time zone', bad, dated('2026-12-01T13:05:00')],
  ['date-24-hours', 'The hour is 24', bad, dated('2026-12-01T24:00:00Z')],
  ['date-leap-second', 'The second is 60', bad, dated('2026-12-31T23:59:60Z')],
  ['date-february-30', 'The day is 30 February', bad, dated('2027-02-30T12:00:00Z')],
  ['date-month-13', 'The month is 13', bad, dated('2026-13-01T12:00:00Z')],
  ['date-day-0', 'The day is 0', bad, dated('2026-12-00T12:00:00Z')],
  ['date-hour-25', 'The hour is 25', bad, dated('2026-12-01T25:00:00Z')],
  ['date-two-digit-year', 'The year has two digits', bad, dated('26-12-01T12:00:00Z')],
  ['date-five-digit-year', 'The year has five digits', bad, dated('12026-12-01T12:00:00Z')],
  ['date-signed-year', 'The year has a sign', bad, dated('+002026-12-01T13:00:00Z')],
  ['date-before-christ', 'The year is negative', bad, dated('-2026-12-01T12:00:00Z')],
  ['date-in-small-letters', 'T and Z are small letters', bad, dated('2026-12-01t13:00:00z')],
  ['date-with-space', 'A space stands for the T', bad, dated('2026-12-01 13:00:00Z')],
  ['date-with-comma', 'A comma stands before the fraction', bad, dated('2026-12-01T13:00:00,5Z')],
  ['date-with-empty-fraction', 'The fraction has no digits', bad, dated('2026-12-01T13:00:00.Z')],
  ['date-without-time', 'The date has no time', bad, dated('2026-12-01')],
  ['date-without-seconds', 'The time has no seconds', bad, dated('2026-12-01T13:05Z')],
  ['date-as-number', 'The date is a number of seconds', bad, dated('1796130300')],
  ['date-as-words', 'The date is as in HTTP', bad, dated('Tue, 01 Dec 2026 13:05:00 GMT')],
  ['date-as-week', 'The date is a week and a day', bad, dated('2026-W49-2T13:05:00Z')],
  ['date-empty', 'The date is empty', bad, dated('')],
  ['date-forever', 'The date is the word INF', bad, dated('INF')],
  ['date-in-other-digits', 'The digits are Arabic-Indic', bad, dated('٢٠٢٦-١٢-٠١T١٣:٠٥:٠٠Z')],
  [
    'bad-not-before',
    'NotBefore of the conditions is no date',
    bad,
    written(/(?<=<saml:Conditions )NotBefore="[^"]*"/, 'NotBefore="yesterday"'),
  ],
  [
    'bad-confirmation-end',
    'The end of the confirmation is no date',
    bad,
    written(/(?<=<saml:SubjectConfirmationData [^>]*)NotOnOrAfter="[^"]*"/, 'NotOnOrAfter="soon"'),
  ],
  [
    'bad-authn-instant',
    'The moment of the sign-in is no date',
    bad,
    written(/AuthnInstant="[^"]*"/, 'AuthnInstant="now"'),
  ],
  ['no-authn-instant', 'The sign-in has no moment', bad, written(/AuthnInstant="[^"]*"/, '')],
  [
    'bad-session-end',
    'The end of the session is no date',
    bad,
    written(/SessionNotOnOrAfter="[^"]*"/, 'SessionNotOnOrAfter="never"'),
  ],
  [
    'bad-issue-instant',
    'The moment of issue is no date',
    bad,
    written(/(?<=<saml:Assertion [^>]*)IssueInstant="[^"]*"/, 'IssueInstant="today"'),
  ],
  [
    'no-issue-instant',
    'The assertion has no moment of issue',
    bad,
    written(/(?<=<saml:Assertion [^>]*)IssueInstant="[^"]*"/, ''),
  ],
];

export const times = vectors(['SML-6'], [...windows, ...dates]);
