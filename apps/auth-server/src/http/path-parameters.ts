import type { OpenAPIObject } from '@nestjs/swagger';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

const methods = ['get', 'put', 'post', 'patch', 'delete'] as const;

/**
 * Makes every placeholder of an address a parameter. Nest documents only those whose type is still there at run time, and a
 * compiler that takes one file at a time loses the type of an imported ID.
 */
export function declarePathParameters(document: OpenAPIObject): OpenAPIObject {
  for (const [path, item] of Object.entries(document.paths))
    for (const method of methods) if (item[method]) declareMissing(path, item[method]);
  return document;
}

function declareMissing(path: string, operation: Operation): void {
  const declared = operation.parameters ?? [];
  const names = new Set(declared.map((parameter) => ('name' in parameter ? parameter.name : undefined)));
  const missing = placeholdersOf(path).filter((name) => !names.has(name));
  operation.parameters = [...declared, ...missing.map(pathParameter)];
}

function placeholdersOf(path: string): string[] {
  return Array.from(path.matchAll(/\{(\w+)\}/g), ([, name = '']) => name);
}

function pathParameter(name: string) {
  return { name, in: 'path' as const, required: true, schema: { type: 'string' } };
}
