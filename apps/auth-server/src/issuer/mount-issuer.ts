import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { Provider } from 'oidc-provider';
import type { Config } from '../config';
import { CONFIG } from '../http/config.token';
import { pretendProxy } from './pretend-proxy';

const mountPath = '/oidc';

/** Serves the issuer below `/oidc`; call it before `app.init()` or `app.listen()`. */
export async function mountIssuer(app: NestFastifyApplication): Promise<void> {
  const { publicUrl } = app.get<Config>(CONFIG);
  const answer = app.get(Provider).callback();
  await app.register(async (fastify: FastifyInstance) => {
    // oidc-provider reads bodies itself, with limits of its own.
    fastify.removeAllContentTypeParsers();
    fastify.addContentTypeParser('*', (_request, _payload, done) => done(null));
    fastify.all(`${mountPath}/*`, async ({ raw }, reply) => {
      reply.hijack();
      pretendProxy(raw, publicUrl);
      Object.assign(raw, { originalUrl: raw.url });
      raw.url = (raw.url ?? '').slice(mountPath.length);
      await answer(raw, reply.raw);
    });
  });
}
