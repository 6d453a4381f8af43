import express from 'express';
import type { Express, Response } from 'express';
import { pagePolicy } from '../web/page-layout';
import type { CaughtMail } from './caught-mail';
import { mailListPage, mailPage } from './mail-pages';

// In the frame the pages of a server do not open: they refuse to be framed. Nor would a mail program open them in its own window.
const IN_A_NEW_TAB = '<base target="_blank">';

// A mail is foreign text: no scripts, nothing fetched but inline pictures, even when opened outside its frame.
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups allow-popups-to-escape-sandbox";

/** The pages and the JSON of the mail catcher. */
export function mailApp(mails: () => readonly CaughtMail[]): Express {
  const app = express().disable('x-powered-by');
  const find = (id: string | undefined) => mails().find((mail) => String(mail.id) === id);
  app.get('/', (_, response) => void page(response, mailListPage(mails())));
  app.get('/mails.json', (_, response) => void response.json(mails()));
  app.get('/mails/:id', ({ params }, response) => {
    const mail = find(params.id);
    if (mail) page(response, mailPage(mail));
    else response.status(404).type('text').send('This mail is not kept any more.');
  });
  app.get('/mails/:id/html', ({ params }, response) => {
    const html = find(params.id)?.html;
    part(response, 'html', typeof html === 'string' ? withLinksInNewTabs(html) : html);
  });
  app.get('/mails/:id/text', ({ params }, response) => part(response, 'text', find(params.id)?.text));
  return app;
}

/** After the doctype, where there is one: before it, browsers would lay the mail out as of old. */
function withLinksInNewTabs(html: string): string {
  return html.replace(/^(\s*<!doctype[^>]*>)?/i, (doctype) => `${doctype}${IN_A_NEW_TAB}`);
}

function page(response: Response, html: string): void {
  response.set('content-security-policy', pagePolicy()).type('html').send(html);
}

function part(response: Response, type: 'html' | 'text', content: string | null | undefined): void {
  response.set({ 'content-security-policy': MAIL_POLICY, 'x-content-type-options': 'nosniff' });
  if (typeof content === 'string') response.type(type).send(content);
  else response.status(404).type('text').send('This mail has no such part.');
}
