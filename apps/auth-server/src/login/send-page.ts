import type { FastifyReply } from 'fastify';

/** A page that is about one person: no cache keeps it, for the next person at this screen is another one. */
export async function sendPage(reply: FastifyReply, markup: string): Promise<void> {
  await reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(markup);
}
