import type { RingKey } from './key-ring';

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** A list of settings as environments write it: separated by commas. */
export function parseList(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** Where browsers reach the deployment, without a trailing slash. Throws an Error that says what an address must be. */
export function parsePublicUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url) throw new Error('must be an address such as https://login.example.com');
  if (url.protocol === 'https:' || (url.protocol === 'http:' && loopback.has(url.hostname)))
    return text.replace(/\/+$/, '');
  throw new Error('must begin with https:// (http is for localhost only)');
}

/** The key ring as `SECRET_KEYS` writes it: `name:base64`, the newest first. Throws an Error that says what a key must be. */
export function parseRingKeys(text: string): readonly [RingKey, ...RingKey[]] {
  const [first, ...rest] = parseList(text).map(parseRingKey);
  if (first) return [first, ...rest];
  throw new Error('needs at least one key, such as k1:<base64 of 32 octets>');
}

function parseRingKey(item: string): RingKey {
  const [name = '', base64 = ''] = item.split(':');
  const key = Buffer.from(base64, 'base64');
  if (name !== '' && key.length === 32) return { name, key };
  throw new Error('each key is name:base64 of exactly 32 octets');
}

const longestProductName = 40;

/** What the product is called, in mails and above pages. Throws an Error that says what a name must be. */
export function parseProductName(text: string): string {
  const name = text.trim();
  if (name === '' || [...name].length > longestProductName)
    throw new Error(`must be a name of 1 to ${longestProductName} characters`);
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>]/u.test(name))
    throw new Error('must be one line of visible characters, without < and >');
  return name;
}

/** What the product is called where nobody named it. */
export const defaultProductName = 'Gatehouse';
