import { acceptedType } from './accepted-type';
import { anyType } from './any-type';
import { runBulk } from './bulk/run-bulk';
import { Discovery } from './discovery';
import { errorResponse } from './error-response';
import { ListEndpoint } from './list-endpoint';
import { ResourceEndpoint } from './resource-endpoint';
import { type Endpoints, type Route, routeOf, type TypeEndpoints } from './routes';
import { type ScimServerOptions, usualLimits } from './scim-options';
import type { ScimRequest, ScimResponse } from './scim-request';
import { serviceProviderConfig } from './service-provider-config';
import type { ResourceStore } from '../resource-store';
import type { ResourceType } from '../schema/attribute';
import { groupType, userType } from '../schema/resource-types';
import { ScimError } from '../scim-error';

/**
 * The protocol for the resources of one directory. It knows no HTTP library: whoever has one hands in requests whose sender is
 * known and may do this.
 */
export class ScimServer {
  private readonly endpoints: Endpoints;

  constructor(private readonly options: ScimServerOptions) {
    const { users, groups, baseUrl, now, documentationUri } = options;
    const limits = { ...usualLimits, ...options.limits };
    const list = (endpoint: string, vocabulary: ResourceType, parts: readonly Kept[]) =>
      new ListEndpoint({ endpoint, vocabulary, parts, baseUrl, limits, now });
    const ofType = (kept: Kept): TypeEndpoints => ({
      resources: new ResourceEndpoint(kept.type, kept.store, baseUrl),
      list: list(kept.type.endpoint, kept.type, [kept]),
    });
    const people: Kept = { type: userType, store: users };
    const teams: Kept = { type: groupType, store: groups };
    this.endpoints = {
      users: ofType(people),
      groups: ofType(teams),
      everything: list('/', anyType, [people, teams]),
      discovery: new Discovery([userType, groupType], baseUrl),
      config: () => serviceProviderConfig(baseUrl, limits, documentationUri),
      bulk: (request) => runBulk(request, limits, baseUrl, (inner) => this.handle(inner)),
    };
  }

  /** Never throws: what goes wrong is an answer, too (RFC 7644 3.12). */
  async handle(request: ScimRequest): Promise<ScimResponse> {
    const { headers, ...answered } = await this.answerOrRefusal(request);
    if (headers['content-type'] === undefined) return { ...answered, headers };
    return { ...answered, headers: { ...headers, 'content-type': acceptedType(request.headers['accept']) } };
  }

  private async answerOrRefusal(request: ScimRequest): Promise<ScimResponse> {
    try {
      return await this.answer(request);
    } catch (error) {
      return errorResponse(error instanceof ScimError ? error : this.options.fault(error));
    }
  }

  private async answer(request: ScimRequest): Promise<ScimResponse> {
    const route = routeOf(request.path, this.endpoints);
    if (route === undefined) {
      throw new ScimError(404, `There is nothing at ${request.path}. See /ResourceTypes for what there is.`);
    }
    const isHead = request.method === 'HEAD';
    const handler = route.get(isHead ? 'GET' : request.method);
    if (handler === undefined) return refuseMethod(request, route);
    const { body, ...head } = await handler(request);
    return isHead || body === undefined ? head : { ...head, body };
  }
}

interface Kept {
  readonly type: ResourceType;
  readonly store: ResourceStore;
}

const methods: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** RFC 7644 3.12 has 501 for what a server does not do at all; RFC 9110 15.5.6 has 405 for what it does elsewhere. */
function refuseMethod({ method, path }: ScimRequest, route: Route): ScimResponse {
  const allowed = [...route.keys()].join(', ');
  if (methods.includes(method)) {
    const refusal = new ScimError(405, `${method} cannot be done at ${path}; what can: ${allowed}.`);
    return errorResponse(refusal, { allow: allowed });
  }
  throw new ScimError(501, `This server does not do ${method}; at ${path} it does ${allowed}.`);
}
