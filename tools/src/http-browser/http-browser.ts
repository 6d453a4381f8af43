import { CookieJar } from './cookie-jar';
import { exchange } from './http-exchange';
import type { HttpAnswer } from './http-exchange';
import type { HtmlForm } from './html-forms';
import { Page } from './page';

export type Fields = Readonly<Record<string, string>>;

/** One request that was made, redirects each on their own. */
export interface Visit {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly location?: string;
}

export interface BrowserOptions {
  /** A redirect to an address for which this is false is left unfollowed: the page then has a `location`. */
  readonly follow?: (url: string) => boolean;
  /** Stands for DNS and the proxy in front: the origin to connect to for an address; the Host header stays the address's. */
  readonly through?: (url: URL) => string | undefined;
  readonly maxRedirects?: number;
  readonly headers?: Fields;
}

interface Navigation {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly body?: string;
  /** The page whose link or form this is; none when a person types the address. */
  readonly from?: string;
}

/** A browser without JavaScript over plain HTTP: cookies, forms, redirects, and a record of what it did. */
export class HttpBrowser {
  readonly history: Visit[] = [];
  readonly cookies = new CookieJar();
  private shown: Page | undefined;

  constructor(private readonly options: BrowserOptions = {}) {}

  /** The page that is shown now. */
  get page(): Page {
    if (!this.shown) throw new Error('The browser has not opened a page yet');
    return this.shown;
  }

  /** Opens an address as if typed. */
  async get(url: string): Promise<Page> {
    return this.navigate({ method: 'GET', url });
  }

  /** Follows a link of the page shown. */
  async follow(url: string): Promise<Page> {
    const from = this.page.url;
    return this.navigate({ method: 'GET', url: new URL(url, from).href, from });
  }

  /** Posts a form that is on no page, as another site's page at `from` would; same-origin unless told. */
  async post(url: string, fields: Fields, from: string = url): Promise<Page> {
    return this.navigate({ method: 'POST', url, body: encode(fields), from });
  }

  /** Submits a form of the page shown with these fields laid over its own. */
  async submit(form: HtmlForm, fields: Fields = {}): Promise<Page> {
    const from = this.page.url;
    const body = encode({ ...form.fields, ...fields });
    if (form.method === 'POST') return this.navigate({ method: 'POST', url: form.action, body, from });
    const url = new URL(form.action);
    url.search = body;
    return this.navigate({ method: 'GET', url: url.href, from });
  }

  /** Presses the button with this label on the page shown. */
  async press(label: string, fields: Fields = {}): Promise<Page> {
    const { form, button } = this.page.button(label);
    const own = button.name ? { [button.name]: button.value } : {};
    return this.submit(form, { ...own, ...fields });
  }

  private async navigate(first: Navigation): Promise<Page> {
    const limit = this.options.maxRedirects ?? 20;
    let navigation = first;
    for (let hop = 0; hop <= limit; hop += 1) {
      const answer = await this.send(navigation);
      const page = new Page(navigation.url, answer);
      const next = redirected(navigation, page);
      if (!next || !(this.options.follow ?? always)(next.url)) return (this.shown = page);
      navigation = next;
    }
    throw new Error(`More than ${limit} redirects, the last from ${navigation.url}`);
  }

  private async send(navigation: Navigation): Promise<HttpAnswer> {
    const answer = await exchange({ ...navigation, ...this.route(navigation) });
    this.cookies.store(new URL(navigation.url), answer.headers['set-cookie'] ?? []);
    const { location } = answer.headers;
    const { method, url } = navigation;
    this.history.push({
      method,
      url,
      status: answer.status,
      ...(location === undefined ? {} : { location }),
    });
    return answer;
  }

  private route(navigation: Navigation): { readonly url: string; readonly headers: Fields } {
    const [asked, headers] = [new URL(navigation.url), this.headersFor(navigation)];
    const origin = this.options.through?.(asked);
    if (origin === undefined) return { url: navigation.url, headers };
    const url = new URL(`${asked.pathname}${asked.search}`, origin).href;
    return { url, headers: { ...headers, host: asked.host } };
  }

  private headersFor({ method, url, body, from }: Navigation): Record<string, string> {
    const target = new URL(url);
    const origin = from === undefined ? target.origin : new URL(from).origin;
    const crossSite = origin !== target.origin;
    const cookie = this.cookies.header(target, { method, crossSite });
    return {
      accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
      'sec-fetch-dest': 'document',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-site': from === undefined ? 'none' : crossSite ? 'cross-site' : 'same-origin',
      ...(cookie === '' ? {} : { cookie }),
      ...(method === 'POST' ? { origin } : {}),
      ...(body === undefined ? {} : formHeaders(body)),
      ...this.options.headers,
    };
  }
}

function redirected(navigation: Navigation, page: Page): Navigation | undefined {
  if (page.status < 300 || page.status > 399 || page.location === undefined) return undefined;
  const initiator = navigation.from === undefined ? {} : { from: navigation.from };
  // RFC 9110 15.4.8: 307 and 308 keep method and body; after the others browsers ask with GET.
  if (page.status === 307 || page.status === 308) return { ...navigation, url: page.location };
  return { method: 'GET', url: page.location, ...initiator };
}

function formHeaders(body: string): Record<string, string> {
  return {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(Buffer.byteLength(body)),
  };
}

function encode(fields: Fields): string {
  return new URLSearchParams({ ...fields }).toString();
}

function always(): boolean {
  return true;
}
