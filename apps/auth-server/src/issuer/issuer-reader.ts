import type { OidcContext } from 'oidc-provider';
import { chooseTexts, languageCookie, type Reader } from '../pages/reader';

/** Whoever reads a page of the issuer; none of them is made to be opened a second time. */
export function readerOfIssuer(context: OidcContext, product: string): Reader {
  const cookie = context.cookies.get(languageCookie, { signed: false });
  return { texts: chooseTexts({ cookie, acceptLanguage: context.get('accept-language') }, product) };
}
