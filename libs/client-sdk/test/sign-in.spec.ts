import { createSso, SsoError } from '../src/index.ts';
import { anSso, cookieSecret, redirectUri } from './an-sso.ts';
import { client, FakeIssuer } from './fake-issuer.ts';

let issuer: FakeIssuer;
beforeEach(async () => {
  issuer = await FakeIssuer.start();
});
afterEach(() => issuer.stop());

/** A whole sign-in; `back` bends the address that the browser comes back to. */
async function signIn(sso = anSso(issuer), asked: { tenant?: string; returnTo?: string } = {}, back = {}) {
  const { url, sealedState } = await sso.signIn.start({ redirectUri, ...asked });
  return sso.signIn.finish({ callbackUrl: issuer.authorize(url, back), sealedState, redirectUri });
}

const refusal = (code: string, message?: RegExp) =>
  expect.objectContaining({ code, ...(message ? { message: expect.stringMatching(message) } : {}) });

describe('starting a sign-in', () => {
  it('asks for a code with PKCE S256, state and nonce [APP-1]', async () => {
    const { url, state } = await anSso(issuer).signIn.start({ redirectUri });
    const asked = Object.fromEntries(new URL(url).searchParams);
    expect(url.startsWith(`${issuer.url}/oidc/auth?`)).toBe(true);
    expect(asked).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      state,
      redirect_uri: redirectUri,
    });
    expect(asked['scope']).toBe('openid profile email');
    expect(asked['code_challenge']).toMatch(/^[\w-]{43}$/);
    expect(asked['nonce']).toMatch(/^[\w-]{43}$/);
  });

  it('passes on a hint of the tenant, the connection, the domain and the e-mail [APP-2]', async () => {
    const hints = {
      tenant: 'acme',
      connection: 'conn_1',
      domain: 'acme.example',
      loginHint: 'ada@acme.example',
    };
    const { url } = await anSso(issuer).signIn.start({ redirectUri, ...hints });
    const asked = Object.fromEntries(new URL(url).searchParams);
    const { loginHint, ...same } = hints;
    expect(asked).toMatchObject({ ...same, login_hint: loginHint });
  });

  it.each([
    ['crm-7', 'tenant_external_id'],
    ['ten_1', 'tenant'],
  ])('names the tenant %s as %s where the application keeps its own IDs [APP-2]', async (tenant, name) => {
    const sso = anSso(issuer, { tenantKey: 'externalId' });
    const asked = new URL((await sso.signIn.start({ redirectUri, tenant })).url).searchParams;
    expect(asked.get(name)).toBe(tenant);
    expect([...asked.keys()].filter((each) => each.startsWith('tenant'))).toEqual([name]);
  });

  it('fetches the discovery document once for many sign-ins [APP-4]', async () => {
    const sso = anSso(issuer);
    for (let round = 0; round < 3; round += 1) await sso.signIn.start({ redirectUri });
    expect(issuer.requests).toEqual(['/oidc/.well-known/openid-configuration']);
  });

  it('refuses a discovery document of another issuer [APP-1]', async () => {
    issuer.issuerInDocument = 'https://evil.example/oidc';
    await expect(anSso(issuer).signIn.start({ redirectUri })).rejects.toEqual(
      refusal('config_invalid', /evil/),
    );
  });
});

describe('finishing a sign-in', () => {
  it.each(['ES256', 'RS256'] as const)(
    'reads who, which tenant and how from a token signed with %s [APP-2]',
    async (alg) => {
      issuer.signing = alg;
      const { profile, tenant, session, returnTo } = await signIn(anSso(issuer), {
        tenant: 'acme',
        returnTo: '/reports?y=1',
      });
      expect(profile).toMatchObject({
        id: 'user_1',
        email: 'ada@acme.example',
        role: 'member',
        groups: ['finance'],
      });
      expect(tenant).toEqual({ id: 'ten_1', slug: 'acme', name: 'Acme', externalId: 'crm-7' });
      expect(session).toMatchObject({ via: 'saml', connection: 'conn_1', amr: ['fed'], sid: 'ses_1' });
      expect(returnTo).toBe('/reports?y=1');
    },
  );

  it.each([
    ['another state', { state: 'x'.repeat(43) }],
    ['no state', { state: undefined }],
    ['another issuer', { iss: 'https://evil.example' }],
    ['no issuer (RFC 9207)', { iss: undefined }],
    ['no code', { code: undefined }],
  ])('refuses an answer with %s [APP-1]', async (_name, back) => {
    await expect(signIn(anSso(issuer), {}, back)).rejects.toEqual(refusal('state_mismatch'));
    expect(issuer.requests).not.toContain('/oidc/token');
  });

  it('refuses an answer in a browser that started nothing, and one whose cookie was altered [APP-1]', async () => {
    const sso = anSso(issuer);
    const { url, sealedState } = await sso.signIn.start({ redirectUri });
    const callbackUrl = issuer.authorize(url);
    for (const sealed of [undefined, '', 'v1.AAAA', altered(sealedState)]) {
      await expect(sso.signIn.finish({ callbackUrl, sealedState: sealed, redirectUri })).rejects.toEqual(
        refusal('state_mismatch'),
      );
    }
  });

  it('refuses a sealed session in the place of a started sign-in [APP-4]', async () => {
    const sso = anSso(issuer);
    const { session } = await signIn(sso);
    const { url } = await sso.signIn.start({ redirectUri });
    const answer = {
      callbackUrl: issuer.authorize(url),
      sealedState: await sso.session.seal(session),
      redirectUri,
    };
    await expect(sso.signIn.finish(answer)).rejects.toEqual(refusal('state_mismatch'));
  });

  it('refuses an answer after half an hour [APP-1]', async () => {
    let late = 0;
    const sso = anSso(issuer, { now: () => new Date(Date.now() + late) });
    const { url, sealedState } = await sso.signIn.start({ redirectUri });
    late = 1_801_000;
    await expect(
      sso.signIn.finish({ callbackUrl: issuer.authorize(url), sealedState, redirectUri }),
    ).rejects.toEqual(refusal('state_expired'));
  });

  it('refuses a code that was redeemed before [APP-1]', async () => {
    const sso = anSso(issuer);
    const { url, sealedState } = await sso.signIn.start({ redirectUri });
    const answer = { callbackUrl: issuer.authorize(url), sealedState, redirectUri };
    await sso.signIn.finish(answer);
    await expect(sso.signIn.finish(answer)).rejects.toEqual(refusal('state_expired'));
  });

  it('says that the person was refused only when the state is right [APP-1]', async () => {
    const denied = { code: undefined, error: 'access_denied', error_description: 'You do not have access.' };
    await expect(signIn(anSso(issuer), {}, denied)).rejects.toEqual(
      refusal('idp_denied', /do not have access/),
    );
    await expect(signIn(anSso(issuer), {}, { ...denied, state: 'x' })).rejects.toEqual(
      refusal('state_mismatch'),
    );
  });

  it('names a wrong client secret as a fault of the configuration [APP-4]', async () => {
    await expect(signIn(anSso(issuer, { clientSecret: 'wrong' }))).rejects.toEqual(refusal('config_invalid'));
  });

  const now = Math.floor(Date.now() / 1000);
  it.each([
    ['another audience', { aud: 'app_2' }, 'token_invalid', /aud/],
    ['several audiences and no authorized party', { aud: ['app_1', 'app_2'] }, 'token_invalid', /azp/],
    ['another authorized party', { azp: 'app_2' }, 'token_invalid', /azp/],
    ['another issuer', { iss: 'https://evil.example/oidc' }, 'token_invalid', /iss/],
    ['another nonce', { nonce: 'replayed' }, 'token_invalid', /nonce/],
    ['no nonce', { nonce: undefined }, 'token_invalid', /nonce/],
    ['an end that is past', { exp: now - 120 }, 'token_expired', /over/],
    ['no end', { exp: undefined }, 'token_invalid', /exp/],
    ['a start in the future', { iat: now + 600 }, 'token_invalid', /iat/],
    ['an old start', { iat: now - 3600 }, 'token_invalid', /iat/],
    ['no tenant', { tenant: undefined }, 'token_invalid', /tenant/],
    ['no way of signing in', { via: 'magic' }, 'token_invalid', /via/],
    ['no session', { sid: undefined }, 'token_invalid', /sid/],
    ['a session that is over', { session_expires_at: now - 1 }, 'sso_session_expired', /over/],
  ])('refuses a token with %s [APP-2]', async (_name, claims, code, message) => {
    issuer.claims = claims;
    await expect(signIn()).rejects.toEqual(refusal(code, message));
  });

  it.each(['none', 'HS256'] as const)('refuses a token signed with %s [APP-1]', async (signing) => {
    issuer.signing = signing;
    await expect(signIn()).rejects.toEqual(refusal('token_invalid', /algorithm/));
  });

  it('refuses a token signed with a key that is not published [APP-1]', async () => {
    const sso = anSso(issuer);
    await signIn(sso);
    const { kid } = issuer.keyIds;
    issuer.rotate({ publish: false });
    issuer.header = { kid };
    await expect(signIn(sso)).rejects.toEqual(refusal('token_invalid', /signature/));
  });

  it('refuses extensions that it does not understand [APP-1]', async () => {
    issuer.header = { crit: ['b64'], b64: false };
    await expect(signIn()).rejects.toEqual(refusal('token_invalid', /extension/));
  });

  it('fetches the keys again for a new key id, but not again and again [APP-1]', async () => {
    let later = 0;
    const sso = anSso(issuer, { now: () => new Date(Date.now() + later) });
    const fetches = () => issuer.requests.filter((path) => path === '/oidc/jwks').length;
    await signIn(sso);
    issuer.rotate({ publish: true });
    later = 31_000;
    await signIn(sso);
    expect(fetches()).toBe(2);
    issuer.rotate({ publish: false });
    for (let round = 0; round < 3; round += 1)
      await expect(signIn(sso)).rejects.toEqual(refusal('token_invalid', /no key/));
    expect(fetches()).toBe(2);
  });

  it.each(['other', 'crm-7', 'ten_2'])(
    'refuses tenant acme when %s was asked for [APP-2]',
    async (tenant) => {
      await expect(signIn(anSso(issuer), { tenant })).rejects.toEqual(refusal('sso_wrong_tenant'));
    },
  );

  it('knows a tenant by the external identifier where the application says so, and then not by its slug [APP-2]', async () => {
    const sso = anSso(issuer, { tenantKey: 'externalId' });
    expect((await signIn(sso, { tenant: 'crm-7' })).tenant.id).toBe('ten_1');
    await expect(signIn(sso, { tenant: 'acme' })).rejects.toEqual(refusal('sso_wrong_tenant'));
  });

  it('ends a session 24 hours after the sign-in whatever the token says [SES-1]', async () => {
    const at = new Date(now * 1000);
    issuer.claims = { session_expires_at: now + 999_999 };
    const { session } = await signIn(anSso(issuer, { now: () => at }));
    expect(session.sessionExpiresAt).toBe(now + 86_400);
  });

  it('opens a session for who proved themselves to the identity provider days ago [SES-1]', async () => {
    issuer.claims = { auth_time: now - 3 * 86_400, session_expires_at: now + 3600 };
    const { session } = await signIn();
    expect(session).toMatchObject({ authTime: now - 3 * 86_400, sessionExpiresAt: now + 3600 });
  });
});

describe('a server that is away', () => {
  it('is reported as a fault that may pass [APP-4]', async () => {
    const { url } = issuer;
    await issuer.stop();
    const failed = await anSso({ url })
      .signIn.start({ redirectUri })
      .catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(SsoError);
    expect(failed).toMatchObject({ code: 'network', retryable: true, httpStatus: 502 });
    issuer = await FakeIssuer.start();
  });

  it('is tried again twice for reading, and a code is never sent twice [APP-4]', async () => {
    let calls = 0;
    const fetch: typeof globalThis.fetch = (input, init) => {
      calls += 1;
      return calls < 3 ? Promise.reject(new TypeError('fetch failed')) : globalThis.fetch(input, init);
    };
    await anSso(issuer, { fetch }).signIn.start({ redirectUri });
    expect(calls).toBe(3);
  });

  it('is waited for only as long as the caller says [APP-4]', async () => {
    const fetch: typeof globalThis.fetch = (_input, init) =>
      new Promise((_resolve, reject) =>
        init?.signal?.addEventListener('abort', () => reject(new Error('aborted'))),
      );
    const sso = anSso(issuer, { fetch });
    await expect(sso.signIn.start({ redirectUri }, { timeoutMs: 50 })).rejects.toMatchObject({
      code: 'network',
      httpStatus: 504,
    });
    const stop = new AbortController();
    const started = sso.signIn.start({ redirectUri }, { signal: stop.signal });
    stop.abort();
    await expect(started).rejects.toEqual(refusal('network'));
  });
});

describe('configuration', () => {
  it('names everything that is missing at once [APP-4]', () => {
    const names = /GATEHOUSE_URL.*GATEHOUSE_CLIENT_ID.*GATEHOUSE_CLIENT_SECRET.*GATEHOUSE_COOKIE_SECRET/;
    expect(() => createSso({ env: {} })).toThrow(refusal('config_invalid', names));
  });

  it('comes from the environment, and an option wins over it [APP-4]', () => {
    const env = {
      GATEHOUSE_URL: 'https://sso.example/',
      GATEHOUSE_CLIENT_ID: client.id,
      GATEHOUSE_CLIENT_SECRET: client.secret,
      GATEHOUSE_COOKIE_SECRET: cookieSecret,
      GATEHOUSE_APP_URL: 'https://app.example/x',
    };
    expect(createSso({ env }).appUrl).toBe('https://app.example');
    expect(createSso({ env, appUrl: 'https://other.example' }).appUrl).toBe('https://other.example');
  });

  it.each([
    [{ cookieSecret: 'short' }, /32 characters/],
    [{ url: 'http://sso.example' }, /https/],
    [{ url: 'nonsense' }, /not an address/],
  ])('refuses %j [APP-4]', (options, message) => {
    expect(() => anSso({ url: 'https://sso.example' }, options)).toThrow(refusal('config_invalid', message));
  });
});

function altered(sealed: string): string {
  const at = sealed.length - 10;
  return sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
}
