import type { SessionView } from '@gatehouse/core';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config';
import { CONFIG } from '../http/config.token';
import { BrowserSessions } from '../issuer/browser-sessions';
import { accountSignInUrl } from './account-sign-in';

/** Who looks at the account pages: somebody who is signed in in this browser, or is sent to sign in. */
@Injectable()
export class AccountVisitors {
  constructor(
    private readonly browsers: BrowserSessions,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  find(request: FastifyRequest, reply: FastifyReply): Promise<SessionView | undefined> {
    return this.browsers.find(request.raw, reply.raw);
  }

  /** Nothing where the reply was sent: the browser goes to sign in and comes back to `returnTo`. */
  async require(
    request: FastifyRequest,
    reply: FastifyReply,
    returnTo: string,
  ): Promise<SessionView | undefined> {
    const view = await this.find(request, reply);
    if (view) return view;
    await this.sendToSignIn(reply, { returnTo });
    return undefined;
  }

  /** For what a stolen session must not do, and no identity provider: to the password page, whoever is signed in. */
  async sendToProof(reply: FastifyReply, returnTo: string): Promise<void> {
    await this.sendToSignIn(reply, { returnTo, way: 'password', anew: true });
  }

  async sendToSignIn(reply: FastifyReply, asked: Parameters<typeof accountSignInUrl>[1]): Promise<void> {
    await reply.header('cache-control', 'no-store').redirect(accountSignInUrl(this.config, asked), 303);
  }
}
