import { createHash, timingSafeEqual } from 'node:crypto';
import { SsoError } from '@gatehouse/core';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { rememberCaller } from './caller';
import { CONFIG } from './config.token';
import type { Config } from '../config';

/** Lets in calls that carry the operator key as a bearer token (RFC 6750 2.1). */
@Injectable()
export class OperatorGuard implements CanActivate {
  private readonly expected: Buffer;

  constructor(@Inject(CONFIG) config: Config) {
    this.expected = digest(config.operatorKey);
  }

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined)
      throw new SsoError('credential_missing', 'Send the operator key as "Authorization: Bearer …".');
    // Digests have one length, so the comparison takes the same time for every guess.
    if (timingSafeEqual(digest(token), this.expected)) {
      rememberCaller(request, { kind: 'operator', actor: { kind: 'operator', address: request.ip } });
      return true;
    }
    throw new SsoError(
      'credential_invalid',
      'This operator key is not the one that the server was started with.',
    );
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
