import { createTokenSecret, isScope, scopes, SystemChance } from '@gatehouse/core';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { declaredNeed } from '../src/http/needs';
import { addressOf, readRoutes, type ApiRoute } from './api-routes';
import { ApiCaller, signInAs, type Role } from './callers';
import { asArray, asRecord, Gatehouse, operatorKey, text, type ApiAnswer } from './gatehouse';
import { Organisation } from './organisation';
import { sendRaw } from './send-raw';

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

/** Calls a route with IDs that are nobody's and a body that is no object: whoever is let in changes nothing. */
function knock(caller: ApiCaller, route: ApiRoute, tenant = acme.slug): Promise<ApiAnswer> {
  const body = ['POST', 'PUT', 'PATCH'].includes(route.method) ? ['nothing'] : undefined;
  return caller.call(route.method, addressOf(route, tenant), body);
}

const refusals = new Set([
  ...['credential_missing', 'credential_invalid', 'credential_misplaced', 'credential_ambiguous'],
  ...['token_expired', 'token_revoked', 'operator_required', 'browser_required', 'cross_site_request'],
  ...['scope_missing', 'not_an_admin', 'rate_limited', 'internal'],
]);

/** `let in`, or the code of what the guard refused. */
function verdictOf({ body }: ApiAnswer): string {
  const code = typeof body['code'] === 'string' ? body['code'] : '';
  if (code === 'not_found' && body['detail'] === 'There is no such tenant.') return 'no such tenant';
  return refusals.has(code) ? code : 'let in';
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

const isPublic = ({ need }: ApiRoute) => need === 'nothing';
const ofTenant = ({ path }: ApiRoute) => path.includes('{tenant}');

/** Open to every member, for what is their own. */
const own = new Set(['api-tokens:read', 'api-tokens:write', 'sessions:read', 'sessions:write', 'any-caller']);

function expectedOf(role: Role, route: ApiRoute): string {
  if (isPublic(route) || route.need === 'any-caller') return 'let in';
  if (route.need === 'operator') return 'operator_required';
  return role === 'owner' || role === 'admin' || own.has(route.need) ? 'let in' : 'not_an_admin';
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
    const granted = [...own].filter(isScope);
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

describe("another tenant's routes", () => {
  it('are absent for members of this one, whatever they are called by [SEC-3]', async () => {
    const { id } = await gatehouse.did('GET', globex.path);
    const foreign = [globex.slug, text(id), 'crm-globex', 'GLOBEX', 'globex%20', 'acme%2f..%2fglobex'];
    const almostOurs = ['Acme', 'ACME', 'crm-acme', '%61cme%00'];
    for (const name of [...foreign, ...almostOurs])
      for (const caller of [sessionOf('owner'), await aToken(sessionOf('owner'), scopes)]) {
        const answers = await Promise.all(routes.filter(ofTenant).map((route) => knock(caller, route, name)));
        const verdicts = new Set(answers.map((answer) => `${answer.status} ${verdictOf(answer)}`));
        expect({ name, verdicts: [...verdicts] }).toEqual({ name, verdicts: ['404 no such tenant'] });
      }
  });

  it('are refused in the same words as those of a tenant that does not exist [SEC-3]', async () => {
    const say = async (name: string) => {
      const { status, body } = await sessionOf('owner').call('GET', `tenants/${name}/members`);
      const { instance, ...said } = body;
      return {
        status,
        said: JSON.parse(JSON.stringify(said).replaceAll(name, 'NAME')),
        named: typeof instance,
      };
    };
    await expect(say('globex')).resolves.toEqual(await say('nobody'));
  });

  it('are absent also for somebody who owns both, by the session of one [SES-2] [SEC-3]', async () => {
    const email = 'member-acme@acme.example';
    await gatehouse.did('POST', `${globex.path}/members`, { email, role: 'owner' });
    const answer = await sessionOf('member').call('GET', `${globex.path}/members`);
    expect(verdictOf(answer)).toBe('no such tenant');
  });

  it("are not reached by IDs of theirs below one's own tenant [SEC-3]", async () => {
    const { items } = await gatehouse.did('GET', `${globex.path}/members`);
    const [member] = asArray(items).map(asRecord);
    const { items: domains } = await gatehouse.did('GET', `${globex.path}/domains`);
    const [domain] = asArray(domains).map(asRecord);
    for (const path of [
      `members/${text(member?.['id'])}`,
      `domains/${text(domain?.['id'])}`,
      `connections/${globex.connection}`,
    ])
      expect((await sessionOf('owner').call('GET', `${acme.path}/${path}`)).status).toBe(404);
  });
});

describe('who may not', () => {
  it('is told whom to ask, and nobody outside the organisation is told names [TEN-3]', async () => {
    const answer = await sessionOf('viewer').call('GET', `${acme.path}/connections`);
    expect(answer).toMatchObject({
      status: 403,
      body: { code: 'not_an_admin', want: 'owner or admin', got: 'viewer' },
    });
    expect(answer.body['ask']).toEqual(
      expect.arrayContaining(['owner@acme.example', 'owner-acme@acme.example']),
    );
    expect(text(answer.body['detail'])).toContain('owner@acme.example');
    const outside = await sessionOf('viewer').call('GET', `${globex.path}/connections`);
    expect(JSON.stringify(outside.body)).not.toContain('@');
  });

  it('may from the next call on, once the role is changed, and no longer than it lasts [TEN-4]', async () => {
    const ada = sessionOf('viewer');
    const token = await aToken(ada, ['sessions:read']);
    const path = `${acme.path}/members/${ada.memberId}`;
    const look = async () => [
      (await ada.call('GET', `${acme.path}/connections`)).status,
      text(asRecord((await token.did('GET', 'me'))['member'])['role']),
    ];
    await expect(look()).resolves.toEqual([403, 'viewer']);
    await gatehouse.did('PATCH', path, { role: 'admin' });
    await expect(look()).resolves.toEqual([200, 'admin']);
    await gatehouse.did('PATCH', path, { role: 'viewer' });
    await expect(look()).resolves.toEqual([403, 'viewer']);
  });
});

describe('a call', () => {
  it('with two Authorization headers is refused, in either order and whatever their case [SEC-3]', async () => {
    const good = `Bearer ${operatorKey}`;
    for (const pair of [
      [good, 'Bearer other'],
      ['Bearer other', good],
      [good, good],
    ]) {
      const headers = pair.flatMap((value, index) => [
        index === 0 ? 'Authorization' : 'aUTHORIZATION',
        value,
      ]);
      const { status, body } = await sendRaw(gatehouse.url, '/api/v1/tenants', headers);
      expect([status, body['code']]).toEqual([400, 'credential_ambiguous']);
    }
  });

  it('with a key in its address is refused, and the key is neither repeated nor logged [SES-4]', async () => {
    const key = text(
      (
        await gatehouse.did('POST', `${acme.path}/api-tokens`, {
          name: 'Leaked',
          scopes: [],
          memberId: sessionOf('owner').memberId,
        })
      )['secret'],
    );
    const written: string[] = [];
    const keep = (chunk: unknown) => written.push(String(chunk)) > 0;
    const spies = [process.stdout, process.stderr].map((stream) =>
      jest.spyOn(stream, 'write').mockImplementation(keep),
    );
    try {
      for (const query of [`access_token=${key}`, `anything=${key}`, `access_token=${operatorKey}`]) {
        const answer = await new ApiCaller(gatehouse, {}).call('GET', `me?${query}`);
        expect(answer).toMatchObject({ status: 400, body: { code: 'credential_misplaced' } });
        expect(JSON.stringify(answer.body)).not.toContain(query.split('=')[1]);
      }
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
    expect(written.join('')).not.toContain(key);
    expect(JSON.stringify(await gatehouse.audit(acme.slug))).not.toContain(key);
  });

  it('goes by its key alone where a browser session came along, also where the key is wrong [SEC-2]', async () => {
    const { cookie = '' } = sessionOf('owner').headers;
    const both = new ApiCaller(gatehouse, { cookie, authorization: 'Bearer garbage' });
    expect(verdictOf(await both.call('GET', `${acme.path}/connections`))).toBe('credential_invalid');
    const operator = new ApiCaller(gatehouse, { cookie, authorization: `Bearer ${operatorKey}` });
    expect(await operator.did('GET', 'me')).toMatchObject({ caller: 'operator' });
  });

  it('cannot choose by its Host header where our links lead, nor which tenant it is for [SEC-2] [SEC-3]', async () => {
    const authorization = `Bearer ${operatorKey}`;
    const headers = [
      'Authorization',
      authorization,
      'X-Forwarded-Host',
      'evil.example',
      'X-Forwarded-Proto',
      'https',
    ];
    const path = `/api/v1/${acme.path}/connections/${acme.connection}`;
    const { status, body } = await sendRaw(gatehouse.url, path, headers, 'evil.example');
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toContain('evil.example');
    expect(JSON.stringify(body)).toContain(gatehouse.url);
  });

  it('is never answered to another origin, nor kept by a cache [SEC-2]', async () => {
    const { headers } = sessionOf('owner');
    const answer = await fetch(`${gatehouse.url}/api/v1/me`, {
      headers: { ...headers, origin: 'https://evil.example' },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('asks who one is, and hears it with what one may do [APP-3] [TEN-4]', async () => {
    const tenant = { slug: 'acme', name: 'acme Inc.' };
    expect(await sessionOf('viewer').did('GET', 'me')).toMatchObject({
      ...{ caller: 'session', tenant, member: { role: 'viewer' }, session: { via: 'saml' } },
      may: { 'api-tokens:read': 'own' },
    });
    const token = await aToken(sessionOf('owner'), ['audit:read', 'sessions:read']);
    expect(await token.did('GET', 'me')).toMatchObject({
      ...{
        caller: 'token',
        tenant,
        user: { email: 'owner-acme@acme.example' },
        token: { name: 'A program' },
      },
      may: { 'audit:read': 'all', 'sessions:read': 'all' },
    });
  });
});
