import { whole, type Discovery } from './discovery';
import type { ListEndpoint } from './list-endpoint';
import { readQuery, readSearchRequest } from './list-request';
import { readBody } from './request-parts';
import type { ResourceEndpoint } from './resource-endpoint';
import { answer, type ScimRequest, type ScimResponse } from './scim-request';
import type { JsonObject } from '../json';
import { ScimError } from '../scim-error';

type Handler = (request: ScimRequest) => ScimResponse | Promise<ScimResponse>;

/** What can be done at one address, by method. */
export type Route = ReadonlyMap<string, Handler>;

/** The endpoints of one type of resource. */
export interface TypeEndpoints {
  readonly resources: ResourceEndpoint;
  readonly list: ListEndpoint;
}

export interface Endpoints {
  readonly users: TypeEndpoints;
  readonly groups: TypeEndpoints;
  readonly everything: ListEndpoint;
  readonly discovery: Discovery;
  readonly config: () => JsonObject;
  readonly bulk: Handler;
}

const route = (handlers: { readonly [method: string]: Handler }): Route => new Map(Object.entries(handlers));

/** RFC 7644 3.2, table 2: what stands at a path. */
export function routeOf(path: string, endpoints: Endpoints): Route | undefined {
  const [first, ...rest] = segmentsOf(path);
  switch (first) {
    case 'Users':
      return ofType(rest, endpoints.users);
    case 'Groups':
      return ofType(rest, endpoints.groups);
    case 'Me':
      return route({ GET: me, POST: me, PUT: me, PATCH: me, DELETE: me });
    case 'Schemas':
    case 'ResourceTypes':
      return ofDiscovery(first, rest, endpoints.discovery);
    default:
      return rest.length === 0 ? ofRoot(first, endpoints) : undefined;
  }
}

function ofRoot(name: string | undefined, { everything, config, bulk }: Endpoints): Route | undefined {
  switch (name) {
    case '':
      return route({ GET: listing(everything) });
    case '.search':
      return route({ POST: searching(everything) });
    case 'Bulk':
      return route({ POST: bulk });
    case 'ServiceProviderConfig':
      return route({ GET: (request) => whole(request, () => answer(200, config())) });
    default:
      return undefined;
  }
}

function ofType([id, ...rest]: readonly string[], { resources, list }: TypeEndpoints): Route | undefined {
  if (rest.length > 0) return undefined;
  if (id === undefined) return route({ GET: listing(list), POST: (request) => resources.create(request) });
  if (id === '.search') return route({ POST: searching(list) });
  return route({
    GET: (request) => resources.get(request, id),
    PUT: (request) => resources.replace(request, id),
    PATCH: (request) => resources.patch(request, id),
    DELETE: (request) => resources.remove(request, id),
  });
}

function ofDiscovery(
  name: 'Schemas' | 'ResourceTypes',
  [id, ...rest]: readonly string[],
  discovery: Discovery,
): Route | undefined {
  if (rest.length > 0) return undefined;
  const [all, one]: [Handler, (id: string) => ScimResponse] =
    name === 'Schemas'
      ? [(request) => discovery.schemas(request), (each) => discovery.schema(each)]
      : [(request) => discovery.resourceTypes(request), (each) => discovery.resourceType(each)];
  return route({ GET: id === undefined ? all : () => one(id) });
}

const listing =
  (list: ListEndpoint): Handler =>
  (request) =>
    list.list(readQuery(request.query));

const searching =
  (list: ListEndpoint): Handler =>
  (request) =>
    list.list(readSearchRequest(readBody(request)));

/** RFC 7644 3.11: a directory's token is nobody's own account. */
function me(): never {
  throw new ScimError(501, 'A directory is no person: there is no /Me here. Name the person under /Users.');
}

/** None where the path is no text. Who enters the base address with a slash at its end sends two of them. */
function segmentsOf(path: string): readonly string[] {
  const trimmed = path.replace(/^\/+/, '').replace(/\/$/, '');
  try {
    const segments = trimmed.split('/').map((segment) => decodeURIComponent(segment));
    return segments.some((segment) => segment.includes('\0')) ? [] : segments;
  } catch {
    return [];
  }
}
