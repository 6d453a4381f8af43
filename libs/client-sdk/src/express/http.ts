import type { IncomingMessage, ServerResponse } from 'node:http';
import { isLoopback } from '../config.ts';
import type { Sso } from '../create-sso.ts';
import type { SsoSession } from '../session/session.ts';
import { SsoError } from '../sso-error.ts';

declare global {
  // The way Express documents for adding to its request.
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace Express {
    interface Request {
      /** Who is signed in. There behind `requireSession` and `requireTenantSso`, and only there. */
      sso: SsoSession;
    }
  }
}

/** What is used of an Express request, so that this package needs neither Express nor its types. */
export interface SsoRequest extends IncomingMessage {
  readonly baseUrl: string;
  readonly originalUrl: string;
  readonly protocol: string;
  readonly body?: unknown;
  readonly params: Readonly<Record<string, string | string[] | undefined>>;
  sso?: SsoSession | undefined;
}

export interface SsoResponse extends ServerResponse {
  redirect(url: string): void;
  redirect(status: number, url: string): void;
  status(code: number): this;
  json(body: unknown): this;
  send(body: unknown): this;
}

export type Next = (error?: unknown) => void;
export type SsoHandler = (request: SsoRequest, response: SsoResponse, next: Next) => void;

/** The origin that browsers know this application by. */
export function originOf(sso: Sso, request: SsoRequest): string {
  const origin = sso.appUrl ?? `${request.protocol}://${request.headers.host ?? ''}`;
  if (URL.canParse(origin)) {
    const { protocol, hostname } = new URL(origin);
    if (protocol === 'https:' || isLoopback(hostname) || sso.appUrl !== undefined)
      return new URL(origin).origin;
  }
  throw new SsoError('config_invalid', `Sessions need https, and this request came to ${origin}.`, {
    httpStatus: 500,
    hint: 'Behind a proxy, set GATEHOUSE_APP_URL to the public address.',
  });
}

/** The query and path, parsed against the public origin. */
export function urlOf(sso: Sso, request: SsoRequest): URL {
  return new URL(`${originOf(sso, request)}/${request.originalUrl.replace(/^\/+/, '')}`);
}

/** Whether a page of this application sent the form; the browser fills in both headers, pages cannot. */
export function isSameOrigin(sso: Sso, request: SsoRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  return request.headers.origin === originOf(sso, request);
}

export function redirect(response: SsoResponse, status: 302 | 303, url: string): void {
  response.statusCode = status;
  response.setHeader('cache-control', 'no-store');
  response.setHeader('location', url);
  response.end();
}

export function answerJson(response: SsoResponse, status: number, type: string, body: unknown): void {
  response.statusCode = status;
  response.setHeader('cache-control', 'no-store');
  response.setHeader('content-type', type);
  response.end(JSON.stringify(body));
}
