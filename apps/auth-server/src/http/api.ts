import { applyDecorators, Controller } from '@nestjs/common';
import { ApiBody, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';

const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string().describe('Stable; decide by this, not by the texts.'),
  detail: z.string().describe('What to do about it.'),
  mender: z.enum(['person', 'it-admin', 'developer', 'operator']),
  instance: z.string().describe('The reference to look up in the logs.'),
});

/** A controller of the management API: each route says by `@Needs` who may call it; refusals are problem+json. */
export function ApiController(path: string, tag: string) {
  return applyDecorators(
    Controller(`api/v1/${path}`),
    ApiTags(tag),
    ApiResponse({
      status: '4XX',
      description: 'A refusal (RFC 9457).',
      content: { 'application/problem+json': { schema: schemaOf(problemSchema) } },
    }),
  );
}

/** Documents a request body by the very schema that parses it. */
export function Body31(schema: z.ZodType) {
  return ApiBody({ schema: schemaOf(schema) });
}

/** Documents the parameters of a query by the very schema that parses them. */
export function Query31(schema: z.ZodObject<Record<string, z.ZodType>>) {
  const parameters = Object.entries(schema.shape).map(([name, part]) =>
    ApiQuery({ name, required: false, schema: schemaOf(part) }),
  );
  return applyDecorators(...parameters);
}

/** Documents a successful answer. */
export function Answer(status: number, description: string, schema?: z.ZodType) {
  return ApiResponse({ status, description, ...(schema ? { schema: schemaOf(schema) } : {}) });
}

/** JSON Schema 2020-12, the dialect of OpenAPI 3.1; Nest's own type for it is that of 3.0. */
function schemaOf(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest;
}
