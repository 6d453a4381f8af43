import type { ApiCaller } from './callers';
import { asArray, asRecord, text, type ApiAnswer, type Gatehouse } from './gatehouse';

/** One route of the running API, with what its description says it needs. */
export interface ApiRoute {
  readonly method: string;
  /** Below `/api/v1/`, with placeholders. */
  readonly path: string;
  readonly need: string;
  readonly byToken: boolean;
  /** Open to every member, for what is their own. */
  readonly own: boolean;
}

/** Every route below `/api/v1`, as the server describes itself. */
export async function readRoutes(gatehouse: Gatehouse): Promise<readonly ApiRoute[]> {
  const document = asRecord(await (await fetch(`${gatehouse.url}/docs-json`)).json());
  return Object.entries(asRecord(document['paths']))
    .filter(([path]) => path.startsWith('/api/v1/'))
    .flatMap(([path, item]) =>
      Object.entries(asRecord(item)).map(([method, operation]) =>
        describeRoute(method.toUpperCase(), path.slice('/api/v1/'.length), asRecord(operation)),
      ),
    );
}

function describeRoute(
  method: string,
  path: string,
  { security, 'x-open-for-own': open }: Readonly<Record<string, unknown>>,
): ApiRoute {
  const ways = asArray(security ?? []).flatMap((each) => Object.entries(asRecord(each)));
  const scopes: Readonly<Record<string, unknown>> = Object.fromEntries(ways);
  const [scope] = asArray(scopes['browser-session'] ?? []);
  const need = scope === undefined ? needWithoutScope(scopes) : text(scope);
  return { method, path, need, byToken: 'api-token' in scopes, own: open === true };
}

function needWithoutScope(schemes: Readonly<Record<string, unknown>>): string {
  if ('browser-session' in schemes) return 'any-caller';
  return 'operator-key' in schemes ? 'operator' : 'nothing';
}

/** Puts this tenant and IDs that are nobody's in the place of the placeholders: what lets a call in changes nothing. */
export function addressOf({ path }: ApiRoute, tenant: string): string {
  const nobody = '0'.repeat(26);
  return path
    .replace('{tenant}', tenant)
    .replaceAll(/\{\w+\}/g, (_, offset: number) => `${kindBefore(path.slice(0, offset))}_${nobody}`);
}

const kinds: Readonly<Record<string, string>> = {
  'api-tokens': 'tok',
  applications: 'app',
  connections: 'conn',
  directories: 'dir',
  domains: 'dom',
  members: 'mem',
  moves: 'move',
  requests: 'dreq',
  'removal-holds': 'dhld',
  'role-mappings': 'dmap',
  sessions: 'ses',
  'sign-ins': 'trc',
  tokens: 'dtok',
};

function kindBefore(path: string): string {
  return kinds[path.split('/').at(-2) ?? ''] ?? 'any';
}

/** Calls a route with IDs that are nobody's and a body that is no object: whoever is let in changes nothing. */
export function knock(caller: ApiCaller, route: ApiRoute, tenant = 'acme'): Promise<ApiAnswer> {
  const body = ['POST', 'PUT', 'PATCH'].includes(route.method) ? ['nothing'] : undefined;
  return caller.call(route.method, addressOf(route, tenant), body);
}

const refusals = new Set([
  ...['credential_missing', 'credential_invalid', 'credential_misplaced', 'credential_ambiguous'],
  ...['token_expired', 'token_revoked', 'operator_required', 'browser_required', 'cross_site_request'],
  ...['scope_missing', 'not_an_admin', 'rate_limited', 'internal'],
]);

/** `let in`, or the code of what the guard refused. */
export function verdictOf({ body }: ApiAnswer): string {
  const code = typeof body['code'] === 'string' ? body['code'] : '';
  if (code === 'not_found' && body['detail'] === 'There is no such tenant.') return 'no such tenant';
  return refusals.has(code) ? code : 'let in';
}

export const isPublic = ({ need }: ApiRoute) => need === 'nothing';
export const ofTenant = ({ path }: ApiRoute) => path.includes('{tenant}');
