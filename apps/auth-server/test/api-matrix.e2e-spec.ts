import { createTokenSecret, isScope, reachOf, scopes, SystemChance } from '@gatehouse/core';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { declaredNeed } from '../src/http/needs';
import { isPublic, knock, ofTenant, readRoutes, verdictOf, type ApiRoute } from './api-routes';
import { ApiCaller, signInAs, type Role } from './callers';
import { asRecord, Gatehouse, operatorKey, text, type ApiAnswer } from './gatehouse';
import { Organisation } from './organisation';

// Hundreds of calls a test, one or two milliseconds each.
jest.setTimeout(60_000);

let gatehouse: Gatehouse;
let acme: Organisation;
let globex: Organisation;
let routes: readonly ApiRoute[];
const sessions = new Map<string, ApiCaller>();
const tokensWith = new Map<string, ApiCaller>();
const tokensWithout = new Map<string, ApiCaller>();

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  acme = await Organisation.setUp(gatehouse, 'acme');
  globex = await Organisation.setUp(gatehouse, 'globex');
  routes = await readRoutes(gatehouse);
  for (const role of ['owner', 'admin', 'member', 'viewer'] as const)
    sessions.set(role, await signInAs(gatehouse, acme, role));
  const owner = sessionOf('owner');
  for (const scope of scopes) {
    tokensWith.set(scope, await aToken(owner, [scope]));
    tokensWithout.set(
      scope,
      await aToken(
        owner,
        scopes.filter((other) => other !== scope),
      ),
    );
  }
}, 120_000);

afterAll(() => gatehouse?.stop());

function sessionOf(role: Role): ApiCaller {
  return known(sessions, role);
}

function known<T>(from: ReadonlyMap<string, T>, name: string): T {
  const found = from.get(name);
  if (found) return found;
  throw new Error(`There is none for ${name}.`);
}

async function aToken(of: ApiCaller, granted: readonly string[]): Promise<ApiCaller> {
  const wanted = { name: 'A program', scopes: granted, memberId: of.memberId };
  const made = await gatehouse.did('POST', `${acme.path}/api-tokens`, wanted);
  return ApiCaller.withKey(gatehouse, text(made['secret']));
}

const madeUp = createTokenSecret(new SystemChance());

/** As time goes by, or as another server does it. */
async function changeToken(id: string, column: 'expires_at' | 'revoked_at'): Promise<void> {
  const { id: tenant } = await gatehouse.did('GET', acme.path);
  await gatehouse.app.get(DataSource).transaction(async (manager) => {
    await manager.query(`SET LOCAL gatehouse.tenant = '${text(tenant)}'`);
    await manager.query(`UPDATE api_tokens SET ${column} = now() WHERE id = $1`, [id]);
  });
}

/** What each route said, one line a route that did not say `expected`. */
async function surprises(
  expected: (route: ApiRoute) => string,
  call: (route: ApiRoute) => Promise<ApiAnswer>,
  among = routes,
): Promise<string[]> {
  const found: string[] = [];
  for (const route of among) {
    const [want, got] = [expected(route), verdictOf(await call(route))];
    if (want !== got) found.push(`${route.method} ${route.path} (${route.need}): ${want} expected, ${got}`);
  }
  return found;
}

function expectedOf(role: Role, route: ApiRoute): string {
  if (isPublic(route) || route.need === 'any-caller') return 'let in';
  if (route.need === 'operator') return 'operator_required';
  return role === 'owner' || role === 'admin' || route.own ? 'let in' : 'not_an_admin';
}

/** What each handler below `/api` declares, in the documentation or not, as Nest has it. */
function declarations() {
  const reflector = gatehouse.app.get(Reflector);
  const controllers = new DiscoveryService(gatehouse.app.get(ModulesContainer)).getControllers();
  return controllers.flatMap(({ metatype }) => {
    if (!metatype || !String(reflector.get(PATH_METADATA, metatype)).startsWith('api')) return [];
    return new MetadataScanner().getAllMethodNames(metatype.prototype).flatMap((name) => {
      const handler: unknown = Reflect.get(metatype.prototype, name);
      if (typeof handler !== 'function' || reflector.get(METHOD_METADATA, handler) === undefined) return [];
      return [{ name: `${metatype.name}.${name}`, need: declaredNeed(reflector, handler)?.need }];
    });
  });
}

describe('every route of the API', () => {
  it('says what it needs, in the documentation or not [SEC-3] [APP-3]', () => {
    const found = declarations();
    expect(found.length).toBeGreaterThanOrEqual(routes.length);
    expect(found.filter(({ need }) => need === undefined).map(({ name }) => name)).toEqual([]);
  });

  it('asks for a scope below a tenant, and elsewhere for the operator, a caller or, in discovery, for nothing [SEC-3]', () => {
    const plain = new Set(['operator', 'any-caller', 'nothing']);
    const scoped = routes.filter(({ need }) => !plain.has(need));
    expect(scoped.filter((route) => !ofTenant(route))).toEqual([]);
    expect(routes.filter(isPublic).map(({ path }) => path)).toEqual(['discover']);
    expect(routes.filter(({ need }) => need === 'any-caller').map(({ path }) => path)).toEqual(['me']);
  });

  it('is closed to members and viewers, but for what is their own [TEN-3]', () => {
    const open = routes.filter((route) => route.own).map(({ method, path }) => `${method} ${path}`);
    expect(open.toSorted()).toEqual([
      'DELETE tenants/{tenant}/api-tokens/{id}',
      'DELETE tenants/{tenant}/members/{id}/sessions',
      'DELETE tenants/{tenant}/sessions/{id}',
      'GET tenants/{tenant}/api-tokens',
      'GET tenants/{tenant}/api-tokens/{id}',
      'GET tenants/{tenant}/members/{id}/sessions',
      'GET tenants/{tenant}/sessions',
      'POST tenants/{tenant}/api-tokens',
    ]);
  });

  it('looks with a scope to look, and changes with a scope to change [SES-4]', () => {
    const looking = routes.filter(({ method, need }) => method === 'GET' && need.endsWith(':write'));
    expect(looking).toEqual([]);
    const changing = routes.filter(({ method, need }) => method !== 'GET' && need.endsWith(':read'));
    // They only say what would happen.
    expect(
      changing.map(({ path }) => path).filter((path) => !/\/(?:preview|explain|difference)$/.test(path)),
    ).toEqual([]);
  });

  it('is described with the ways to prove who calls, and the scope [APP-3]', async () => {
    const document = asRecord(await (await fetch(`${gatehouse.url}/docs-json`)).json());
    const schemes = asRecord(asRecord(document['components'])['securitySchemes']);
    expect(schemes).toMatchObject({
      'operator-key': { type: 'http', scheme: 'bearer' },
      'api-token': { type: 'http', scheme: 'bearer' },
      'browser-session': { type: 'apiKey', in: 'cookie', name: 'gatehouse_issuer_session' },
    });
    const enable = asRecord(asRecord(document['paths'])['/api/v1/tenants/{tenant}/connections/{id}/enable']);
    expect(asRecord(enable['post'])['security']).toEqual(
      expect.arrayContaining([
        { 'operator-key': [] },
        { 'browser-session': ['connections:write'] },
        { 'api-token': ['connections:write'] },
      ]),
    );
    expect(
      routes.every(
        ({ need }) => need === 'nothing' || ['operator', 'any-caller'].includes(need) || isScope(need),
      ),
    ).toBe(true);
  });
});

describe('every route of the API, called', () => {
  it.each([
    ['no credential', {}, 'credential_missing'],
    ['garbage', { authorization: 'Bearer garbage' }, 'credential_invalid'],
    ['a key of another kind', { authorization: 'Basic YWRtaW46YWRtaW4=' }, 'credential_invalid'],
    ['an API token that nobody made', { authorization: `Bearer ${madeUp}` }, 'credential_invalid'],
    ['a cookie that nobody signed', { cookie: 'gatehouse_issuer_session=abc' }, 'credential_missing'],
  ])('with %s is closed [SEC-3] [APP-3]', async (_, headers, code) => {
    const caller = new ApiCaller(gatehouse, headers);
    const expected = (route: ApiRoute) => (isPublic(route) ? 'let in' : code);
    expect(await surprises(expected, (route) => knock(caller, route))).toEqual([]);
  });

  it('with the operator key is open [APP-3]', async () => {
    const operator = ApiCaller.withKey(gatehouse, operatorKey);
    expect(
      await surprises(
        () => 'let in',
        (route) => knock(operator, route),
      ),
    ).toEqual([]);
  });

  it.each(['owner', 'admin', 'member', 'viewer'] as const)(
    'with the session of somebody who is %s is open as far as the role goes [TEN-3] [TEN-4]',
    async (role) => {
      const expected = (route: ApiRoute) => expectedOf(role, route);
      expect(await surprises(expected, (route) => knock(sessionOf(role), route))).toEqual([]);
    },
  );

  it.each(['owner', 'viewer'] as const)(
    'with a session of somebody who is %s changes nothing when another site sends it [SEC-2]',
    async (role) => {
      const from = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
      const forged = new ApiCaller(gatehouse, { ...sessionOf(role).headers, ...from });
      const expected = (route: ApiRoute) =>
        route.method === 'GET' || isPublic(route) ? expectedOf(role, route) : 'cross_site_request';
      expect(await surprises(expected, (route) => knock(forged, route))).toEqual([]);
    },
  );

  it('with an API token is open where the token has the scope [SES-4]', async () => {
    const expected = (route: ApiRoute) => {
      if (!isScope(route.need)) return route.need === 'operator' ? 'operator_required' : 'let in';
      return route.byToken ? 'let in' : 'browser_required';
    };
    const caller = ({ need }: ApiRoute) => known(tokensWith, isScope(need) ? need : 'audit:read');
    expect(await surprises(expected, (route) => knock(caller(route), route))).toEqual([]);
  });

  it('with an API token of an owner that has every other scope is closed [SES-4]', async () => {
    const expected = (route: ApiRoute) => (route.byToken ? 'scope_missing' : 'browser_required');
    const call = (route: ApiRoute) => knock(known(tokensWithout, route.need), route);
    const scoped = routes.filter(({ need }) => isScope(need));
    expect(await surprises(expected, call, scoped)).toEqual([]);
  });

  it("with the API token of a viewer is open for the viewer's own things at most [TEN-3] [SES-4]", async () => {
    const granted = scopes.filter((scope) => reachOf('viewer', scope) === 'own');
    const token = await aToken(sessionOf('viewer'), granted);
    const expected = (route: ApiRoute) => {
      const asRole = expectedOf('viewer', route);
      return asRole === 'let in' && !route.byToken && !isPublic(route) ? 'browser_required' : asRole;
    };
    expect(await surprises(expected, (route) => knock(token, route))).toEqual([]);
  });

  it('with an expired or a revoked API token is closed [SES-4]', async () => {
    for (const [column, code] of [
      ['expires_at', 'token_expired'],
      ['revoked_at', 'token_revoked'],
    ] as const) {
      const token = await aToken(sessionOf('owner'), scopes);
      const { token: shown } = await token.did('GET', 'me');
      await changeToken(text(asRecord(shown)['id']), column);
      const expected = (route: ApiRoute) => (isPublic(route) ? 'let in' : code);
      expect(await surprises(expected, (route) => knock(token, route))).toEqual([]);
    }
  });
});

async function expectAbsent(caller: ApiCaller, tenant: string): Promise<void> {
  const answers = await Promise.all(routes.filter(ofTenant).map((route) => knock(caller, route, tenant)));
  const verdicts = new Set(answers.map((answer) => `${answer.status} ${verdictOf(answer)}`));
  expect({ tenant, verdicts: [...verdicts] }).toEqual({ tenant, verdicts: ['404 no such tenant'] });
}

describe("another tenant's routes", () => {
  it('are absent for members of this one, whatever they are called by [SEC-3]', async () => {
    const { id } = await gatehouse.did('GET', globex.path);
    const token = await aToken(sessionOf('owner'), scopes);
    for (const caller of [sessionOf('owner'), token])
      for (const name of [globex.slug, text(id)]) await expectAbsent(caller, name);
    const tricks = [
      'crm-globex',
      'GLOBEX',
      'globex%20',
      'acme%2f..%2fglobex',
      'Acme',
      'crm-acme',
      '%61cme%00',
    ];
    for (const name of tricks) await expectAbsent(sessionOf('owner'), name);
  });
});
