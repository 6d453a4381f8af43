import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { readText } from './read-text';
import { RequestJournal } from './request-journal';
import { ScimEndpoint } from './scim-endpoint';

/** RFC 7644 3.7.4: what our ServiceProviderConfig says that we take. */
const bodyLimit = 1024 * 1024;

/** Serves the directories below `/scim`; call it before `app.init()` or `app.listen()`. */
export async function mountScim(app: NestFastifyApplication): Promise<void> {
  const [endpoint, journal] = [app.get(ScimEndpoint), app.get(RequestJournal)];
  await app.register(async (fastify: FastifyInstance) => {
    // The protocol reads bodies itself: any type of content comes through as text, to be refused in its own words.
    fastify.removeAllContentTypeParsers();
    fastify.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, async (_: unknown, body: Buffer) =>
      readText(body),
    );
    fastify.setErrorHandler((error, request, reply) => endpoint.refuse(error, request, reply));
    fastify.addHook('onRequest', (request) => endpoint.admit(request));
    fastify.addHook('onResponse', async (request, reply) => endpoint.note(request, reply.elapsedTime));
    fastify.addHook('onClose', () => journal.flush());
    fastify.all('/scim/*', (request, reply) => endpoint.answer(request, reply));
  });
}
