import type { Actor } from '@gatehouse/core';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** Whoever is signing in, as the actor of a login request. */
export const Visitor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  return { kind: 'person', address: request.ip };
});
