import { Clock, type SessionView } from '@gatehouse/core';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config';
import { CONFIG } from '../http/config.token';
import { BrowserSessions } from '../issuer/browser-sessions';
import { accountSignInUrl } from './account-sign-in';

/** How long after a sign-in credentials may be changed without another one. */
export const freshForMs = 15 * 60 * 1000;

/** Who looks at the account pages: somebody who is signed in in this browser, or is sent to sign in. */
@Injectable()
export class AccountVisitors {
  constructor(
    private readonly browsers: BrowserSessions,
    private readonly clock: Clock,
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

  /** As `require`, for what a stolen session must not do: the sign-in is at most a quarter of an hour old. */
  async requireFresh(
    request: FastifyRequest,
    reply: FastifyReply,
    returnTo: string,
  ): Promise<SessionView | undefined> {
    const view = await this.require(request, reply, returnTo);
    if (!view || this.isFresh(view)) return view;
    await this.sendToSignIn(reply, { returnTo, tenant: view.tenant.slug, afresh: true });
    return undefined;
  }

  isFresh({ session }: SessionView): boolean {
    return this.clock.now().getTime() - session.createdAt.getTime() < freshForMs;
  }

  async sendToSignIn(reply: FastifyReply, asked: Parameters<typeof accountSignInUrl>[1]): Promise<void> {
    await reply.header('cache-control', 'no-store').redirect(accountSignInUrl(this.config, asked), 303);
  }
}
