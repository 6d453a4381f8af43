const form =
  /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?$/u;

/** RFC 7643 2.3.5, as UTC in milliseconds; nothing where it is no moment of the years 1 to 9999. Without a zone it is UTC. */
export function readMoment(text: string): string | undefined {
  const [, year, month, day, , zone] = form.exec(text) ?? [];
  if (year === undefined || !isDay(`${year}-${month}-${day}`)) return undefined;
  const moment = new Date(zone === undefined ? `${text}Z` : text);
  return /^(?!0000)\d{4}-/u.test(moment.toISOString()) ? moment.toISOString() : undefined;
}

// JavaScript takes the 31st of February for a day in March.
function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
