/**
 * The path to go back to, if it stays on this origin; undefined for anything else.
 *
 * @example
 * safeReturnPath('/reports?year=2031'); // '/reports?year=2031'
 * safeReturnPath('//evil.example');     // undefined
 */
export function safeReturnPath(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 2000) return undefined;
  // Browsers drop control characters and read a backslash as a slash, so "/\t/evil" and "/\evil" leave the origin.
  // eslint-disable-next-line no-control-regex
  if (!value.startsWith('/') || /[\\\u0000-\u001f\u007f-\u009f]/.test(value)) return undefined;
  const base = 'https://this-application.invalid';
  if (!URL.canParse(value, base)) return undefined;
  const { origin, pathname, search, hash } = new URL(value, base);
  // "/.//evil" is resolved to "//evil", which would be another origin when sent on.
  return origin === base && !pathname.startsWith('//') ? pathname + search + hash : undefined;
}
