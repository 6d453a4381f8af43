import { pino, type SerializedError } from 'pino';

/**
 * An error as the log may have it: what PostgreSQL adds of the row it was about names people and holds tokens, and other
 * libraries add requests and answers.
 */
export function bareError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { type, message, stack, code }: SerializedError & { code?: unknown } = pino.stdSerializers.err(error);
  return { type, message, stack, ...(typeof code === 'string' && { code }) };
}
