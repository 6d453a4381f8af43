import {
  Chance,
  Clock,
  SamlKeys,
  serviceProvider,
  StartLogin,
  type Connection,
  type LoginStart,
} from '@gatehouse/core';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config';
import { CONFIG } from '../http/config.token';
import { asRefusal } from '../http/problem';
import { renderPostPage } from '../pages/post-page';
import { buildPostRequest, buildRedirectRequest, requestEndpoint } from '@gatehouse/saml';
import { keepBrowserKey } from './browser-key';
import { SignInAttempts } from './sign-in-attempts';

/** Begins a flow and sends the browser to the connection's identity provider. */
@Injectable()
export class SendToIdp {
  constructor(
    private readonly startLogin: StartLogin,
    private readonly attempts: SignInAttempts,
    private readonly keys: SamlKeys,
    private readonly clock: Clock,
    private readonly chance: Chance,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async send(
    request: FastifyRequest,
    reply: FastifyReply,
    connection: Connection,
    start: Omit<LoginStart, 'browserKey'>,
  ): Promise<void> {
    const browserKey = keepBrowserKey(request, reply, this.config, this.chance);
    const { requestId } = await this.begin(request, connection, { ...start, browserKey });
    const message = {
      connection,
      serviceProvider: serviceProvider(this.config.publicUrl, connection),
      requestId,
      signer: await this.keys.signing(),
      now: this.clock.now(),
    };
    reply.header('cache-control', 'no-store');
    if (requestEndpoint(connection).binding === 'redirect')
      return void (await reply.redirect(buildRedirectRequest(message), 303));
    const { url, fields } = buildPostRequest(message);
    await reply.type('text/html; charset=utf-8').send(renderPostPage(url, fields));
  }

  /** A loop is refused before the identity provider can answer: its trace is written here (LOG-10). */
  private async begin(request: FastifyRequest, connection: Connection, start: LoginStart) {
    try {
      return await this.startLogin.begin(connection, start);
    } catch (thrown) {
      const refusal = asRefusal(thrown);
      if (refusal.code === 'sign_in_loop') {
        const actor = { kind: 'person', address: request.ip } as const;
        await this.attempts.refused(this.attempts.begin(connection, request), refusal, actor);
      }
      throw thrown;
    }
  }
}
