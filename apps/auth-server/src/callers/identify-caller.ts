import { SsoError, TokenCallers } from '@gatehouse/core';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config';
import type { Caller } from '../http/caller';
import { CONFIG } from '../http/config.token';
import { BrowserSessions } from '../issuer/browser-sessions';
import { readBearer } from './bearer';
import { operatorKeyCheck } from './operator-key';
import { requireSameOrigin } from './same-origin';

/** Tells who calls: by the key that was sent, or where none was, by the session of the browser. */
@Injectable()
export class IdentifyCaller {
  private readonly isOperatorKey: (text: string) => boolean;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly tokens: TokenCallers,
    private readonly browsers: BrowserSessions,
  ) {
    this.isOperatorKey = operatorKeyCheck(config.operatorKey);
  }

  /** Throws `credential_*`, `token_*`, `cross_site_request`, or what keeps a token's member out. */
  async from(request: FastifyRequest, reply: FastifyReply): Promise<Caller> {
    const key = readBearer(request);
    if (key === undefined) return this.byBrowser(request, reply);
    if (this.isOperatorKey(key))
      return { kind: 'operator', actor: { kind: 'operator', address: request.ip } };
    return this.byToken(key, request.ip);
  }

  private async byToken(secret: string, address: string): Promise<Caller> {
    const view = await this.tokens.find(secret);
    const { id } = view.member;
    return { kind: 'token', actor: { kind: 'member', id, address, token: view.token.id }, ...view };
  }

  private async byBrowser(request: FastifyRequest, reply: FastifyReply): Promise<Caller> {
    const view = await this.browsers.find(request.raw, reply.raw);
    if (!view)
      throw new SsoError(
        'credential_missing',
        'Send the operator key or an API token as "Authorization: Bearer …", or sign in in this browser.',
      );
    requireSameOrigin(request, this.config.publicUrl);
    return { kind: 'session', actor: { kind: 'member', id: view.member.id, address: request.ip }, view };
  }
}
