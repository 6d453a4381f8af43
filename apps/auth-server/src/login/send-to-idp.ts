import { Chance, type Connection, type LoginStart } from '@gatehouse/core';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config';
import { CONFIG } from '../http/config.token';
import { asRefusal } from '../http/problem';
import { renderPostPage } from '../pages/post-page';
import { readerOf } from '../pages/reader';
import { keepBrowserKey } from './browser-key';
import { IdpRequests } from './idp-requests';
import { SignInAttempts } from './sign-in-attempts';

/** Begins a flow and sends the browser to the connection's identity provider. */
@Injectable()
export class SendToIdp {
  constructor(
    private readonly requests: IdpRequests,
    private readonly attempts: SignInAttempts,
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
    const asked = await this.begin(request, connection, { ...start, browserKey });
    reply.header('cache-control', 'no-store');
    if (asked.binding === 'redirect') return void (await reply.redirect(asked.url, 303));
    const reader = readerOf(request);
    const markup = renderPostPage(reader, reader.texts.interlude.toSignIn, asked.form);
    await reply.type('text/html; charset=utf-8').send(markup);
  }

  /** A loop is refused before the identity provider can answer: its trace is written here (LOG-10). */
  private async begin(request: FastifyRequest, connection: Connection, start: LoginStart) {
    try {
      return await this.requests.begin(connection, start);
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
