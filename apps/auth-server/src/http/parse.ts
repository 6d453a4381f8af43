import { isStorable, SsoError } from '@gatehouse/core';
import { Injectable, type PipeTransform } from '@nestjs/common';
import type { IdKind } from '@gatehouse/core';
import type { z } from 'zod';

/** Parses with a Zod schema; throws `validation_failed` that names each field. */
export function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  if (!isStorable(value))
    throw new SsoError(
      'validation_failed',
      'Remove NUL characters and halves of surrogate pairs from the text.',
    );
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path, message }) => ({
    field: path.join('.') || '(body)',
    message,
  }));
  const said = fields.map(({ field, message }) => `${field}: ${message}`).join('; ');
  throw new SsoError('validation_failed', `Correct these fields and send again. ${said}`, { fields });
}

/** A parameter of a route as an ID of one kind. */
export function idPipe<P extends string>(kind: IdKind<P>) {
  @Injectable()
  class IdPipe implements PipeTransform {
    transform(value: unknown): `${P}_${string}` {
      return kind.parse(value);
    }
  }
  return IdPipe;
}
