import type { HttpBrowser, Page } from '@gatehouse/tools/http-browser';

/** The logout messages that this browser carried, the oldest first. */
export function carriedLogouts({ history }: HttpBrowser): string[] {
  return history.flatMap(({ method, url }) => {
    const { pathname, searchParams } = new URL(url);
    const [place] = /SingleLogoutService\.php|(?<=saml\/)slo/.exec(pathname) ?? [];
    const kind = ['SAMLRequest', 'SAMLResponse'].find((name) => searchParams.has(name));
    if (place === undefined || (method === 'GET' && kind === undefined)) return [];
    return [[method, place, kind].filter((word) => word !== undefined).join(' ')];
  });
}

/** Addresses of the frames of a page. */
export function framesOf({ text: html, url }: Page): string[] {
  const sources = [...html.matchAll(/<iframe [^>]*src="([^"]*)"/g)];
  return sources.map(([, src = '']) => new URL(src.replaceAll('&amp;', '&'), url).href);
}

/** Who may show the page in a frame, as it says itself. */
export function framersOf({ headers }: Page): string[] {
  const policy = String(headers['content-security-policy']);
  return /frame-ancestors ([^;]*)/.exec(policy)?.[1]?.split(' ') ?? [];
}
