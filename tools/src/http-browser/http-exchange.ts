import { request as requestHttp } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { text } from 'node:stream/consumers';

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const TIMEOUT_MS = 15_000;

/** One request and its answer. node:http, because fetch sets Sec-Fetch headers that no page navigation has. */
export async function exchange({ method, url, headers, body }: HttpRequest): Promise<HttpAnswer> {
  const open = url.startsWith('https:') ? requestHttps : requestHttp;
  const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = open(url, { method, headers, timeout: TIMEOUT_MS, agent: false }, resolve);
    request.on('timeout', () => request.destroy(new Error(`${method} ${url} did not answer in time`)));
    request.on('error', reject);
    request.end(body);
  });
  return { status: incoming.statusCode ?? 0, headers: incoming.headers, body: await text(incoming) };
}
