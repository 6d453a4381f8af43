import { createHash } from 'node:crypto';
import { HttpBrowser, type Page } from '@gatehouse/tools/http-browser';
import { Gatehouse, text } from '../gatehouse';
import { LocalPeople, password } from '../local-account';
import { Organisation } from '../organisation';

let gatehouse: Gatehouse;
let acme: Organisation;
let people: LocalPeople;
const email = 'ana@globex.example';
const evil = 'https://evil.example/';
const verifier = 'a-verifier-that-the-attacker-has-chosen-0123456789';

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  acme = await Organisation.setUp(gatehouse, 'acme');
  people = new LocalPeople(gatehouse, await gatehouse.application());
  await gatehouse.did('POST', 'tenants', { slug: 'globex', name: 'Globex' });
  await people.join('globex', email);
}, 60_000);

afterAll(() => gatehouse?.stop());

/** A question in the name of our own pages, as anybody may put it into a link. */
function question(changes: Readonly<Record<string, string>> = {}): string {
  const url = new URL(`${gatehouse.url}/oidc/auth`);
  const asked = {
    ...{ client_id: 'account', response_type: 'code', scope: 'openid profile email offline_access' },
    ...{ redirect_uri: `${gatehouse.url}/account/signed-in`, state: '/account', tenant: 'globex' },
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  };
  url.search = new URLSearchParams({ ...asked, ...changes }).toString();
  return url.href;
}

/** Stops where the code would arrive. */
function aBrowser(): HttpBrowser {
  const follow = (next: string) => next.startsWith(gatehouse.url) && !next.includes('/account/signed-in');
  return new HttpBrowser({ follow });
}

async function signIn(asked: string, browser = aBrowser()): Promise<Page> {
  const page = await browser.get(asked);
  return browser.submit(page.form('password'), { email, password });
}

async function redeem(fields: Readonly<Record<string, string>>, basic?: string): Promise<[number, unknown]> {
  const answer = await fetch(`${gatehouse.url}/oidc/token`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(basic !== undefined && { authorization: `Basic ${Buffer.from(basic).toString('base64')}` }),
    },
    body: new URLSearchParams({
      ...{ grant_type: 'authorization_code', code_verifier: verifier },
      ...{ redirect_uri: `${gatehouse.url}/account/signed-in`, ...fields },
    }),
  });
  return [answer.status, await answer.json()];
}

describe('the client that our own account pages are', () => {
  it('has codes that nobody can redeem, not even with a verifier of their own [APP-2] [SEC-3]', async () => {
    const { id, secret } = people.application;
    for (const [fields, basic] of [
      [{}, undefined],
      [{ client_id: 'account' }, undefined],
      [{ client_id: 'account', client_secret: '' }, undefined],
      [{ client_id: 'account', client_secret: 'undefined' }, undefined],
      [{}, 'account:'],
      [{}, `${id}:${secret}`],
      [{ client_id: 'account' }, `${id}:${secret}`],
    ] as const) {
      const { location } = await signIn(question());
      const code = new URL(text(location)).searchParams.get('code') ?? '';
      expect(code).not.toBe('');
      const [status, said] = await redeem({ code, ...fields }, basic);
      expect([fields, basic, status >= 400, said]).toEqual([
        ...[fields, basic, true],
        expect.not.objectContaining({ access_token: expect.anything() }),
      ]);
    }
  });

  it('sends its answers to our own page alone, however they are to travel [APP-2] [SEC-2]', async () => {
    for (const redirect_uri of [evil, `${gatehouse.url}/account/signed-in/x`, `${gatehouse.url}/account`]) {
      const page = await aBrowser().get(question({ redirect_uri }));
      expect([redirect_uri, page.status, page.location]).toEqual([redirect_uri, 400, undefined]);
    }
    const led: string[] = [];
    for (const response_mode of ['fragment', 'form_post', 'query', 'web_message', 'jwt']) {
      const page = await aBrowser().get(question({ response_mode }));
      const answered = page.status === 200 ? await signIn(question({ response_mode })) : page;
      const leads = [answered.location, ...answered.forms.map(({ action }) => action)];
      led.push(...leads.flatMap((address) => address?.split(/[?#]/)[0] ?? []));
    }
    expect(led.length).toBeGreaterThanOrEqual(3);
    expect(new Set(led)).toEqual(new Set([`${gatehouse.url}/account/signed-in`]));
  });

  it('tells a page that asks silently nothing, and signs out to nowhere else [APP-2] [SEC-2]', async () => {
    const silent = await aBrowser().get(question({ prompt: 'none' }));
    expect(text(silent.location)).toMatch(/\/account\/signed-in\?error=login_required&/);
    const browser = aBrowser();
    await signIn(question(), browser);
    const out = `${gatehouse.url}/oidc/session/end?client_id=account&post_logout_redirect_uri=${evil}`;
    const page = await browser.get(out);
    expect([page.status, page.location]).toEqual([400, undefined]);
    expect((await browser.get(`${gatehouse.url}/account`)).text).toContain(email);
  });

  it('may not ask about sessions, as applications do with their secret [APP-1] [SEC-3]', async () => {
    for (const basic of ['account:', 'account:undefined']) {
      const answer = await fetch(`${gatehouse.url}/oidc/session-check`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(basic).toString('base64')}` },
        body: new URLSearchParams({ sid: `ses_${'0'.repeat(26)}` }),
      });
      expect(answer.status).toBe(401);
    }
  });
});

describe('asking for a password in an address', () => {
  const member = 'lea@acme.example';
  beforeAll(async () => {
    await people.join('acme', member);
    await people.setPolicy('acme', { sso: 'required' });
  });
  afterAll(() => people.setPolicy('acme', { sso: 'optional' }));

  /** The same question with another name for the organisation. */
  function questionNaming(hint: string, value: string, more: Readonly<Record<string, string>>): string {
    const url = new URL(question(more));
    url.searchParams.delete('tenant');
    url.searchParams.set(hint, value);
    return url.href;
  }

  it.each([{ way: 'password', prompt: 'login' }, { way: 'password' }, { way: 'choose' }])(
    'is no way past single sign-on, for an application or for us: %j [ENF-4] [LOG-8]',
    async (more) => {
      const { redirectUri, id } = people.application;
      const hints = { tenant: 'acme', connection: acme.connection, domain: 'acme.example' };
      for (const client of [{}, { client_id: id, redirect_uri: redirectUri }])
        for (const [hint, value] of Object.entries(hints)) {
          const browser = aBrowser();
          await browser.get(questionNaming(hint, value, { ...client, ...more }));
          if (!browser.page.text.includes('type="password"'))
            await browser.get(`${gatehouse.url}/t/acme/login/owner`);
          const page = await browser.submit(browser.page.form('password'), { email: member, password });
          expect([hint, page.status, page.location]).toEqual([hint, 403, undefined]);
          expect(page.text).toContain('Your organization requires SSO');
        }
    },
  );
});
