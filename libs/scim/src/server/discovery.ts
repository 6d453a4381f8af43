import { describeResourceType, describeSchema } from './describe-type';
import { listResponseSchema } from './list-endpoint';
import { answer, type ScimRequest, type ScimResponse } from './scim-request';
import type { JsonObject } from '../json';
import type { ResourceType } from '../schema/attribute';
import { ScimError } from '../scim-error';

/** RFC 7644 4: `/Schemas` and `/ResourceTypes`. */
export class Discovery {
  constructor(
    private readonly types: readonly ResourceType[],
    private readonly baseUrl: string,
  ) {}

  schemas(request: ScimRequest): ScimResponse {
    return listAll(request, this.allSchemas());
  }

  schema(id: string): ScimResponse {
    return theOne(this.allSchemas(), id, '/Schemas');
  }

  resourceTypes(request: ScimRequest): ScimResponse {
    return listAll(request, this.allTypes());
  }

  resourceType(id: string): ScimResponse {
    return theOne(this.allTypes(), id, '/ResourceTypes');
  }

  private allSchemas(): readonly JsonObject[] {
    return this.types
      .flatMap(({ schema, extensions }) => [schema, ...extensions])
      .map((schema) => describeSchema(schema, this.baseUrl));
  }

  private allTypes(): readonly JsonObject[] {
    return this.types.map((type) => describeResourceType(type, this.baseUrl));
  }
}

/** RFC 7644 4: paging and sorting are passed over, and a filter is refused, so that nobody takes the rest for missing. */
export function whole({ query }: ScimRequest, answered: () => ScimResponse): ScimResponse {
  if (!new URLSearchParams(query ?? '').has('filter')) return answered();
  throw new ScimError(403, 'What is here cannot be filtered: read all of it.');
}

function listAll(request: ScimRequest, resources: readonly JsonObject[]): ScimResponse {
  return whole(request, () =>
    answer(200, {
      schemas: [listResponseSchema],
      totalResults: resources.length,
      itemsPerPage: resources.length,
      startIndex: 1,
      Resources: resources,
    }),
  );
}

function theOne(resources: readonly JsonObject[], id: string, endpoint: string): ScimResponse {
  const found = resources.find((each) => isCalled(each, id));
  if (found !== undefined) return answer(200, found);
  throw new ScimError(404, `There is nothing called ${JSON.stringify(id)} in ${endpoint}.`);
}

/** RFC 8141 3.1: a URN is the same in any case of its first parts. */
function isCalled(resource: JsonObject, id: string): boolean {
  return typeof resource['id'] === 'string' && resource['id'].toLowerCase() === id.toLowerCase();
}
