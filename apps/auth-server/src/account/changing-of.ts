import type { Changing, SessionView } from '@gatehouse/core';
import type { FastifyRequest } from 'fastify';
import { readerOf } from '../pages/reader';

/** Who changes their own credentials, and the language in which a mail tells them of it. */
export function changingOf(request: FastifyRequest, { user }: Pick<SessionView, 'user'>): Changing {
  const { language } = readerOf(request).texts;
  return { actor: { kind: 'person', id: user.id, address: request.ip }, language };
}
