import { DnsResolver, type TxtAnswer } from '../shared/dns-resolver';
import { OutboundFetch, type FetchedDocument, type FetchLimits } from '../shared/outbound-fetch';
import { SsoError } from '../shared/sso-error';

/** Says what it was told to say; an unknown name does not exist. */
export class ToldDns extends DnsResolver {
  readonly answers = new Map<string, TxtAnswer>();
  readonly aliases = new Map<string, string>();
  readonly asked: string[] = [];

  async txt(name: string): Promise<TxtAnswer> {
    this.asked.push(name);
    return this.answers.get(name) ?? { kind: 'absent' };
  }

  async canonicalName(name: string): Promise<string | undefined> {
    return this.aliases.get(name);
  }

  records(name: string, ...values: string[]): void {
    this.answers.set(name, { kind: 'records', values });
  }
}

type Page = string | SsoError | { readonly to: string } | { readonly type: string; readonly text: string };

/** A web of told pages, which follows redirects as the guarded fetch does; an unknown page is a 404. */
export class ToldWeb extends OutboundFetch {
  readonly pages = new Map<string, Page>();
  readonly asked: { url: string; limits: FetchLimits }[] = [];

  async get(url: string, limits: FetchLimits = {}): Promise<FetchedDocument> {
    this.asked.push({ url, limits });
    const page = this.pages.get(url);
    if (page === undefined) throw failed('status', { status: 404 });
    if (page instanceof SsoError) throw page;
    if (typeof page === 'string') return document(url, page);
    if ('text' in page) return document(url, page.text, page.type);
    const next = new URL(page.to, url);
    if (limits.follows?.(next) === false) throw failed('elsewhere', { got: next.origin });
    return this.get(next.href, limits);
  }
}

function document(url: string, text: string, contentType = 'text/html; charset=utf-8'): FetchedDocument {
  return { url, status: 200, contentType, body: Buffer.from(text) };
}

/** What the guarded fetch throws. */
export function failed(reason: string, more: object = {}): SsoError {
  return new SsoError('metadata_unreachable', 'It failed.', { reason, ...more });
}

/** A page with these in its head. */
export const head = (...tags: string[]) =>
  `<!doctype html><html><head><title>Acme</title>${tags.join('')}</head></html>`;

/** The tag with this value. */
export const tag = (token: string) => `<meta name="gatehouse-verify" content="${token}">`;
