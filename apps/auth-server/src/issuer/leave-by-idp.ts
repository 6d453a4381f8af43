import type { Session } from '@gatehouse/core';
import { Logger } from '@nestjs/common';
import type { OidcContext } from 'oidc-provider';
import { stackOf } from '../http/problem.filter';
import type { AskIdp } from '../logout/ask-idp';
import { renderPostPage } from '../pages/post-page';
import { readerOfIssuer } from './issuer-reader';
import { pagePolicy } from './page-policy';

const logger = new Logger('logout');

/**
 * Sends the browser over the identity provider before it goes where oidc-provider has just sent it: that address, checked
 * there, waits in the database. Our session has ended, so a fault here costs nothing but the identity provider's own end.
 */
export async function leaveByIdp(
  context: OidcContext,
  session: Session,
  askIdp: AskIdp,
  product: string,
): Promise<void> {
  const returnUrl = context.response.get('location');
  const departure = await askIdp.depart(session, returnUrl).catch((cause: unknown) => {
    logger.error(`The identity provider could not be told of a logout. ${stackOf(cause)}`);
  });
  if (!departure) return;
  if (departure.binding === 'redirect') return context.redirect(departure.url);
  context.remove('location');
  context.status = 200;
  context.type = 'html';
  context.set('content-security-policy', pagePolicy("'self'"));
  const reader = readerOfIssuer(context, product);
  context.body = renderPostPage(reader, reader.texts.interlude.toSignOut, departure.form);
}
