import type { FastifyReply } from 'fastify';

/** A page that is about one person: kept by no cache, shared or the browser's own. */
export async function sendPage(reply: FastifyReply, markup: string): Promise<void> {
  await reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(markup);
}
