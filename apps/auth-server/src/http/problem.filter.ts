import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { renderErrorPage } from '../pages/error-page';
import { asRefusal, describeProblem } from './problem';

/** Turns every refusal into problem+json, or into a page where a browser asked for one. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  async catch(thrown: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const refusal = asRefusal(thrown);
    const problem = describeProblem(refusal);
    if (refusal.code === 'internal')
      this.logger.error({ reference: request.id, cause: refusal.cause ?? refusal });
    reply.status(problem.status).header('cache-control', 'no-store');
    if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
    if (wantsPage(request))
      await reply.type('text/html; charset=utf-8').send(renderErrorPage(refusal, request.id));
    else await reply.type('application/problem+json').send({ ...problem, instance: request.id });
  }
}

function wantsPage(request: FastifyRequest): boolean {
  return !request.url.startsWith('/api/') && (request.headers.accept ?? '').includes('text/html');
}
