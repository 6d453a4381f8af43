import type { LinkVisitor } from '@gatehouse/core';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config';
import { CONFIG } from '../http/config.token';
import { BrowserSessions } from '../issuer/browser-sessions';
import { readerOf } from '../pages/reader';
import { readBrowserKey } from './browser-key';
import { cookiesBlocked } from './cookies-blocked';

/** Who comes to confirm a link, as far as the request tells. */
@Injectable()
export class LinkVisitors {
  constructor(
    private readonly browsers: BrowserSessions,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Throws `cookies_blocked`: what waits belongs to a browser that has the cookie. */
  async of(request: FastifyRequest, reply: FastifyReply): Promise<LinkVisitor> {
    const browserKey = readBrowserKey(request, this.config);
    if (browserKey === undefined) throw cookiesBlocked();
    const view = await this.browsers.find(request.raw, reply.raw);
    const actor = { kind: 'person', address: request.ip } as const;
    return {
      browserKey,
      actor: view ? { ...actor, id: view.user.id } : actor,
      language: readerOf(request).texts.language,
      signedIn: view?.session,
    };
  }
}
