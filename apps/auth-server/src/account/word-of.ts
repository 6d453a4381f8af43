import { z } from 'zod';
import type { AccountWord } from '../pages/account/account-page';
import type { Reader } from '../pages/reader';

/** What can have been done before a page is shown again: a text of the catalogue each, and nothing of the address itself. */
const done = z.enum([
  'ended',
  'othersEnded',
  'passwordChanged',
  'linkSent',
  'appReady',
  'appRemoved',
  'passkeyAdded',
  'passkeyRemoved',
  'drillPassed',
]);
const query = z.object({ done: done.optional().catch(undefined) }).catch({});

/** What was done by the form that led here. */
export function wordOf({ texts }: Reader, asked: unknown): AccountWord | undefined {
  const { done: what } = query.parse(asked);
  return what === undefined ? undefined : { kind: 'done', text: texts.account[what] };
}
