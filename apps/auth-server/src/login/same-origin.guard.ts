import { SsoError } from '@gatehouse/core';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../config';
import { CONFIG } from '../http/config.token';

/** Refuses forms that another site sends in the person's name (SEC-2). Browsers without these headers send none by script. */
@Injectable()
export class SameOriginGuard implements CanActivate {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
    const site = headers['sec-fetch-site'];
    const foreignSite = site !== undefined && site !== 'same-origin' && site !== 'none';
    const { origin } = headers;
    const foreignOrigin =
      origin !== undefined && origin !== 'null' && origin !== new URL(this.config.publicUrl).origin;
    if (!foreignSite && !foreignOrigin) return true;
    throw new SsoError(
      'flow_other_browser',
      'This form was sent by another site. Open the sign-in page itself.',
    );
  }
}
