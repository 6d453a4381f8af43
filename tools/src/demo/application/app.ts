import { isSsoError } from '@gatehouse/client-sdk';
import type { Sso } from '@gatehouse/client-sdk';
import { readSession, requireTenantSso, ssoRouter } from '@gatehouse/client-sdk/express';
import express from 'express';
import type { Express, NextFunction, Request, Response } from 'express';
import { pagePolicy } from '../../web/page-layout';
import { errorPage, signedInPage, signedOutPage } from './pages';

/**
 * A product that signs its people in through Gatehouse, and knows of it only what the SDK says; and where people find their
 * account there, if that is told.
 */
export function demoApplication(sso: Sso, accountUrl?: string): Express {
  const app = express().disable('x-powered-by');
  app.use(pageHeaders);
  if (sso.appUrl !== undefined) app.use(oneAddress(sso.appUrl));
  app.use(
    '/auth',
    ssoRouter(sso, {
      onSignIn: ({ profile }) => ({ userId: `demo-${profile.id}` }),
      onError: (error, _request, response) => void response.status(error.httpStatus).send(errorPage(error)),
    }),
  );
  app.get('/', async (request, response) => {
    const session = await readSession(sso, request, response);
    response.send(session === undefined ? signedOutPage() : signedInPage(session, sso.now(), accountUrl));
  });
  app.use('/t/:tenant', requireTenantSso(sso, { tenant: (request) => request.params['tenant'] }));
  app.get(
    '/t/:tenant',
    (request, response) => void response.send(signedInPage(request.sso, sso.now(), accountUrl)),
  );
  app.use(refusalPage);
  return app;
}

function pageHeaders(_request: Request, response: Response, next: NextFunction): void {
  response.set({
    'content-security-policy': pagePolicy(),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    // Not no-referrer: with it browsers send `Origin: null`, and signing out could not tell who asks.
    'referrer-policy': 'same-origin',
    'cache-control': 'no-store',
  });
  next();
}

/** Cookies belong to one name of this machine: who opens 127.0.0.1 goes on at localhost, or the other way round. */
function oneAddress(appUrl: string) {
  const { host } = new URL(appUrl);
  return (request: Request, response: Response, next: NextFunction): void => {
    if (request.method !== 'GET' || request.headers.host === host) return next();
    response.redirect(302, appUrl + '/');
  };
}

// Express tells a handler of errors by its four parameters.
function refusalPage(error: unknown, _request: Request, response: Response, next: NextFunction): void {
  if (!isSsoError(error)) return next(error);
  response.status(error.httpStatus).send(errorPage(error));
}
