import { SsoError } from '@gatehouse/core';

const pattern = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,12}))?Z$/;

/** An xs:dateTime in UTC (SAML Core 1.3.3); what names no real moment is refused, never guessed. */
export function parseXsDateTime(text: string, what: string): Date {
  const date = readXsDateTime(text);
  if (date) return date;
  throw new SsoError('saml_date_invalid', `${what} is not a date and time in UTC.`, {
    want: 'such as 2026-01-31T23:59:59Z',
    got: text.slice(0, 64),
  });
}

/** The same for a caller with a refusal of its own. */
export function readXsDateTime(text: string): Date | undefined {
  const match = pattern.exec(text);
  return match ? dateOf(match) : undefined;
}

/** SAML Core 1.3.3: finer than a millisecond need not be kept. */
function dateOf([, year, month, day, hour, minute, second, fraction]: RegExpExecArray): Date | undefined {
  const milliseconds = (fraction ?? '').slice(0, 3).padEnd(3, '0');
  const plain = `${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}Z`;
  const date = new Date(plain);
  // Date rolls 31 February over to March: the round trip finds that out.
  return !Number.isNaN(date.getTime()) && date.toISOString() === plain ? date : undefined;
}
