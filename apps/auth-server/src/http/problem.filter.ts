import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { renderErrorPage } from '../pages/error-page';
import { readerOf } from '../pages/reader';
import { asRefusal, describeProblem } from './problem';

const logger = new Logger('http');

/** Answers with problem+json, or with a page where a browser asked for one. */
export async function sendRefusal(
  thrown: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const refusal = asRefusal(thrown);
  const problem = describeProblem(refusal);
  // The stack only: an error of the database carries the parameters of its query, which are people's data.
  if (refusal.code === 'internal') logger.error(`${request.id} ${stackOf(refusal.cause ?? refusal)}`);
  reply.status(problem.status).header('cache-control', 'no-store');
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
  const { seconds } = refusal.details;
  if (problem.status === 429 && typeof seconds === 'number') reply.header('retry-after', seconds);
  if (wantsPage(request))
    await reply
      .type('text/html; charset=utf-8')
      .send(renderErrorPage(readerOf(request), { refusal, reference: request.id }));
  else await reply.type('application/problem+json').send({ ...problem, instance: request.id });
}

/** Every refusal of a controller. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  async catch(thrown: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    await sendRefusal(thrown, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}

export function stackOf(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}

/** Whether a browser shows what is answered. */
export function wantsPage(request: FastifyRequest): boolean {
  return !request.url.startsWith('/api/') && (request.headers.accept ?? '').includes('text/html');
}
