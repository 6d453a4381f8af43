/** In the place of what nobody is to read. */
const removed = '(removed)';

const secret = /gatehouse_(?:scim_)?[0-9a-f]{16,}/gi;
const deepest = 64;

/** A body as it may be kept: passwords and our own keys are left out, however they are written. */
export function withoutSecrets(body: string): string {
  // Most bodies speak of none; an escaped letter might.
  if (!/password|gatehouse_|\\u00/i.test(body)) return body;
  try {
    return JSON.stringify(cleared(JSON.parse(body), 0));
  } catch {
    return '(not kept: it is no JSON, and speaks of a password or a key)';
  }
}

/** A text as it may be kept: what a client was told may repeat what it sent. */
export function textWithoutSecrets(text: string): string {
  return text.replaceAll(secret, removed);
}

/** The same of an address: a filter may name what somebody guessed. */
export function addressWithoutSecrets(path: string): string {
  const decoded = path.replaceAll(/%([0-9a-f]{2})/gi, (_, octet: string) =>
    String.fromCharCode(parseInt(octet, 16)),
  );
  if (!/password|gatehouse_/i.test(decoded)) return path;
  const [place = '', ...query] = path.split('?');
  const isOfPlace = /gatehouse_/i.test(decoded.split('?', 1)[0] ?? '');
  return `${isOfPlace ? `/${removed}` : place}${query.length > 0 ? `?${removed}` : ''}`;
}

function cleared(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return asksForPassword(value) ? removed : textWithoutSecrets(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > deepest) return removed;
  if (Array.isArray(value)) return value.map((each) => cleared(each, depth + 1));
  const entries: [string, unknown][] = Object.entries(value);
  const isOfPassword = entries.some(([name, each]) => isNamed(name, 'path') && isPassword(each));
  return Object.fromEntries(
    entries.map(([name, each]) => {
      const isSecret = isPassword(name) || (isOfPassword && isNamed(name, 'value'));
      return [name.replaceAll(secret, removed), isSecret ? removed : cleared(each, depth + 1)];
    }),
  );
}

/** A filter, or a path with one: the password that it looks for stands in quotes. */
function asksForPassword(text: string): boolean {
  const at = text.search(/password/i);
  return at !== -1 && text.includes('"', at);
}

function isNamed(name: string, wanted: string): boolean {
  return name.toLowerCase() === wanted;
}

function isPassword(name: unknown): boolean {
  return typeof name === 'string' && /password/i.test(name);
}
