import { request, type Agent, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { CookieJar } from '../http-browser';

export interface Asked {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** The request comes from a page of another site, as the identity provider's form does. */
  readonly crossSite?: boolean;
}

export interface Answered {
  readonly status: number;
  readonly location: string | undefined;
  readonly body: string;
}

const TIMEOUT_MS = 15_000;

/** A browser that keeps its connection and its cookies and follows nothing: cheap, so that the server is what is measured. */
export class PersonAtBrowser {
  readonly cookies = new CookieJar();

  constructor(private readonly agent: Agent) {}

  async get(url: string): Promise<Answered> {
    return this.send({ method: 'GET', url });
  }

  /** Asks for something that answers with a redirect; the address that it leads to. */
  async redirected(asked: Asked): Promise<string> {
    const { status, location, body } = await this.send(asked);
    if (status >= 300 && status < 400 && location !== undefined) return new URL(location, asked.url).href;
    throw new Error(`${asked.method} ${asked.url} answered ${status}, not a redirect: ${body.slice(0, 500)}`);
  }

  async send({ method, url, headers, form, json, crossSite = false }: Asked): Promise<Answered> {
    const target = new URL(url);
    const cookie = this.cookies.header(target, { method, crossSite });
    const body = json === undefined ? form && new URLSearchParams(form).toString() : JSON.stringify(json);
    const incoming = await this.open(target, method, body, {
      ...(cookie === '' ? {} : { cookie }),
      ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      ...headers,
    });
    this.cookies.store(target, incoming.headers['set-cookie'] ?? []);
    const { location } = incoming.headers;
    return { status: incoming.statusCode ?? 0, location, body: await text(incoming) };
  }

  private open(target: URL, method: string, body: string | undefined, headers: Record<string, string>) {
    return new Promise<IncomingMessage>((resolve, reject) => {
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const options = { method, headers: { ...headers, ...length }, agent: this.agent, timeout: TIMEOUT_MS };
      const sent = request(target, options, resolve);
      sent.on('timeout', () =>
        sent.destroy(new Error(`${method} ${target.pathname} did not answer in time`)),
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }
}
