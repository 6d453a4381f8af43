import type { Express, Response } from 'express';
import { z } from 'zod';
import type { IdpDepartures, Step } from './idp-departures';
import { AUTO_SUBMIT, departurePage, logoutFormPage } from './idp-pages';
import type { IdpSessions } from './idp-sessions';
import { html } from './send-page';

const message = z.object({ SAMLRequest: z.string(), RelayState: z.string() }).partial();
const fields = message.extend({ SAMLResponse: z.string().optional() });

/** POST /sign-out is the button of this identity provider; GET and POST /slo are for services. */
export function addLogoutPages(app: Express, sessions: IdpSessions, departures: IdpDepartures): void {
  app.post('/sign-out', async ({ headers }, response) => {
    const session = sessions.of(headers.cookie);
    if (!session) return response.redirect(303, '/');
    take(await departures.leave(session), response);
  });
  app.get('/slo', async ({ query, originalUrl: url }, response) => {
    take(await departures.receive({ binding: 'redirect', url, fields: fields.parse(query) }), response);
  });
  app.post('/slo', async ({ body, originalUrl: url }, response) => {
    take(await departures.receive({ binding: 'post', url, fields: fields.parse(body) }), response);
  });
}

function take(step: Step, response: Response): void {
  if (step.kind === 'done') return html(response, departurePage(step.departure));
  if (step.kind === 'post') return html(response, logoutFormPage(step.message), AUTO_SUBMIT);
  response.redirect(303, step.message.redirectUrl);
}
