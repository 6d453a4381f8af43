import { Chance, type LocalVisitor } from '@gatehouse/core';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config';
import { CONFIG } from '../http/config.token';
import { readerOf } from '../pages/reader';
import { keepBrowserKey } from './browser-key';
import { readDevice } from './device-cookie';
import { WaitingSignIn } from './waiting-sign-in';

/** Who signs in by our own credentials, as far as the request tells. */
@Injectable()
export class LocalVisitors {
  constructor(
    private readonly waitingSignIn: WaitingSignIn,
    private readonly chance: Chance,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Of the sign-in that an application waits for, where one does. */
  async waiting(request: FastifyRequest, reply: FastifyReply): Promise<LocalVisitor> {
    return this.of(request, reply, (await this.waitingSignIn.find(request, reply))?.uid);
  }

  of(request: FastifyRequest, reply: FastifyReply, interactionId: string | undefined): LocalVisitor {
    return {
      browserKey: keepBrowserKey(request, reply, this.config, this.chance),
      interactionId,
      actor: { kind: 'person', address: request.ip },
      language: readerOf(request).texts.language,
      userAgent: request.headers['user-agent'],
      reference: request.id,
      device: readDevice(request, this.config),
    };
  }
}
