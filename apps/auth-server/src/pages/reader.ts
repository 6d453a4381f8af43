import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { acceptedLanguage, isLanguage } from './texts/language';
import { textsIn, type Texts } from './texts/texts';

/** Who reads a page: in which language, and how the same page is had in another one. */
export interface Reader {
  readonly texts: Texts;
  /** The query of the page's address; absent where the page cannot be opened a second time. */
  readonly query?: URLSearchParams;
}

/** What a request says of the language of whoever reads the answer. */
export interface LanguageWishes {
  readonly query?: unknown;
  readonly cookie?: string | undefined;
  readonly acceptLanguage?: string | undefined;
}

declare module 'fastify' {
  interface FastifyInstance {
    /** What the deployment is called; pages have no other way to the settings. */
    readonly productName: string;
  }
}

export function nameProduct(server: FastifyInstance, product: string): void {
  server.decorate('productName', product);
}

export const languageCookie = 'gatehouse_language';
const year = 365 * 24 * 60 * 60;

/** What was chosen on a page comes before what the browser is set to; English where neither is a language of ours. */
export function chooseTexts({ query, cookie, acceptLanguage }: LanguageWishes, product?: string): Texts {
  const chosen = [query, cookie].find(isLanguage);
  return textsIn(chosen ?? acceptedLanguage(acceptLanguage) ?? 'en', product);
}

/** Whoever reads what this request is answered with; what answers a form is had again by its address alone. */
export function readerOf(request: FastifyRequest): Reader {
  const { method, headers } = request;
  const query = queryOf(request);
  // An address that cannot be decoded is refused before its cookies are read.
  const cookies: Readonly<Record<string, string | undefined>> | null = request.cookies;
  const wishes = { query: query.get('lang'), cookie: cookies?.[languageCookie] };
  const texts = chooseTexts(
    { ...wishes, acceptLanguage: headers['accept-language'] },
    request.server.productName,
  );
  return { texts, query: method === 'GET' ? query : new URLSearchParams() };
}

/** A language that was chosen on a page counts on every other page from then on. */
export function rememberLanguage(request: FastifyRequest, reply: FastifyReply, secure: boolean): void {
  const chosen = queryOf(request).get('lang');
  if (!isLanguage(chosen)) return;
  const options = { httpOnly: true, secure, sameSite: 'lax', path: '/', maxAge: year } as const;
  reply.setCookie(languageCookie, chosen, options);
}

function queryOf({ url }: FastifyRequest): URLSearchParams {
  return new URLSearchParams(url.split('?').slice(1).join('?'));
}
