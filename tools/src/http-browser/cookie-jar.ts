interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  readonly sameSite: 'strict' | 'lax' | 'none';
  readonly expires: number;
}

/** Why a request is made: cookies with SameSite depend on it. */
export interface RequestContext {
  readonly method: string;
  readonly crossSite: boolean;
}

/**
 * Cookies of each host and port. Real browsers share them between ports; keeping them apart makes the demo's
 * servers, which share a host, behave like the separate sites that they stand for. Secure cookies are kept
 * over plain HTTP, as browsers do for localhost.
 */
export class CookieJar {
  private readonly hosts = new Map<string, Map<string, Cookie>>();

  store(url: URL, headers: readonly string[], now = Date.now()): void {
    const cookies = this.of(url);
    for (const header of headers) {
      const cookie = parseCookie(header, url, now);
      if (!cookie) continue;
      if (cookie.expires <= now) cookies.delete(cookie.name);
      else cookies.set(cookie.name, cookie);
    }
  }

  header(url: URL, context: RequestContext, now = Date.now()): string {
    return [...this.of(url).values()]
      .filter(
        (cookie) => cookie.expires > now && covers(cookie.path, url.pathname) && travels(cookie, context),
      )
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  /** Names and values held for the host of an address, whatever their path. */
  list(url: string): Readonly<Record<string, string>> {
    const cookies = [...this.of(new URL(url)).values()];
    return Object.fromEntries(cookies.map(({ name, value }) => [name, value]));
  }

  clear(): void {
    this.hosts.clear();
  }

  private of(url: URL): Map<string, Cookie> {
    const known = this.hosts.get(url.host) ?? new Map<string, Cookie>();
    this.hosts.set(url.host, known);
    return known;
  }
}

function parseCookie(header: string, url: URL, now: number): Cookie | undefined {
  const [pair = '', ...rest] = header.split(';').map((part) => part.trim());
  const split = pair.indexOf('=');
  if (split < 1) return undefined;
  const attributes = new Map(rest.map(attributeOf));
  const path = attributes.get('path');
  return {
    name: pair.slice(0, split),
    value: pair.slice(split + 1),
    path: path?.startsWith('/') ? path : defaultPath(url),
    sameSite: sameSiteOf(attributes.get('samesite')),
    expires: expiryOf(attributes, now),
  };
}

function attributeOf(part: string): [string, string] {
  const split = part.indexOf('=');
  return split < 0 ? [part.toLowerCase(), ''] : [part.slice(0, split).toLowerCase(), part.slice(split + 1)];
}

function sameSiteOf(text: string | undefined): Cookie['sameSite'] {
  const lower = text?.toLowerCase();
  return lower === 'strict' || lower === 'none' ? lower : 'lax';
}

/** RFC 6265 5.2.2: Max-Age wins over Expires. */
function expiryOf(attributes: ReadonlyMap<string, string>, now: number): number {
  const maxAge = attributes.get('max-age');
  if (maxAge !== undefined) return now + Number(maxAge) * 1000;
  const expires = attributes.get('expires');
  return expires === undefined ? Infinity : Date.parse(expires);
}

/** RFC 6265 5.1.4. */
function defaultPath(url: URL): string {
  return url.pathname.slice(0, Math.max(1, url.pathname.lastIndexOf('/')));
}

function covers(path: string, asked: string): boolean {
  return asked === path || asked.startsWith(path.endsWith('/') ? path : `${path}/`);
}

/** A post from another site brings SameSite=None cookies only: the ACS must live with that. */
function travels({ sameSite }: Cookie, { method, crossSite }: RequestContext): boolean {
  if (!crossSite || sameSite === 'none') return true;
  return sameSite === 'lax' && method === 'GET';
}
