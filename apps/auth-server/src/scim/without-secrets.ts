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

/** The same of an address: a filter may name what somebody guessed. */
export function addressWithoutSecrets(path: string): string {
  const decoded = path.replaceAll(/%([0-9a-f]{2})/gi, (_, octet: string) =>
    String.fromCharCode(parseInt(octet, 16)),
  );
  return /password|gatehouse_/i.test(decoded) ? `${path.split('?', 1)[0] ?? ''}?${removed}` : path;
}

function cleared(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.replaceAll(secret, removed);
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

function isNamed(name: string, wanted: string): boolean {
  return name.toLowerCase() === wanted;
}

function isPassword(name: unknown): boolean {
  return typeof name === 'string' && /password/i.test(name);
}
