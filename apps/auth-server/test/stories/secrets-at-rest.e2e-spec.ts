import { createHash } from 'node:crypto';
import { openDatabase } from '@gatehouse/core-postgres';
import type { HttpBrowser } from '@gatehouse/tools/http-browser';
import { DirectoryClient } from '../directory-client';
import { asRecord, Gatehouse, operatorKey, text } from '../gatehouse';
import { LinkDesk } from '../link-desk';
import { LocalPeople, password, secretOn, totpCode } from '../local-account';
import { Organisation, person } from '../organisation';

let gatehouse: Gatehouse;
let people: LocalPeople;
let logged = '';
const email = 'ana@acme.example';
/** What somebody who reads the database could use to come in as somebody else, by what it is. */
const secrets = new Map<string, string>();

beforeAll(async () => {
  for (const stream of [process.stdout, process.stderr])
    jest.spyOn(stream, 'write').mockImplementation((chunk) => ((logged += String(chunk)), true));
  gatehouse = await Gatehouse.start();
  people = new LocalPeople(gatehouse, await gatehouse.application());
  await gatehouse.did('POST', 'tenants', { slug: 'acme', name: 'Acme' });
  await liveThroughEverything();
}, 60_000);

afterAll(async () => {
  jest.restoreAllMocks();
  await gatehouse?.stop();
});

/** Each secret comes up on the way, and each of them is tried in vain as well. */
async function liveThroughEverything(): Promise<void> {
  secrets.set('the operator key', operatorKey);
  secrets.set('a client secret', people.application.secret);
  secrets.set('a password', password);
  secrets.set('a mistyped password', 'a goose sings at the date');
  await gatehouse.did('POST', 'tenants/acme/members', { email, role: 'owner' });
  const asked = people.browser();
  await asked.submit((await asked.get(`${gatehouse.url}/login/reset`)).form('email'), { email });
  secrets.set('a link to reset a password', lastPart(await people.post.linkTo(email)));
  await people.setPassword(email);
  await gatehouse.did('POST', 'tenants/acme/invitations', { email: 'bob@acme.example', role: 'member' });
  secrets.set('a link of an invitation', lastPart(await people.post.linkTo('bob@acme.example')));
  await beAskedToLink();
  await people.typePassword(await people.begin(), email, secrets.get('a mistyped password'));
  await people.setPolicy('acme', { secondFactor: 'required' });
  const browser = people.browser();
  await redeem(await enrol(browser));
  await makeToken(browser);
  await provision();
  await fetch(`${gatehouse.url}/api/v1/me?access_token=${secrets.get('an API token')}`);
}

/** By mail, and gone on with until the code is asked for. */
async function beAskedToLink(): Promise<void> {
  const globex = await Organisation.setUp(gatehouse, 'globex');
  const desk = new LinkDesk(gatehouse, globex);
  await desk.join('gina@globex.example');
  const link = await desk.ask('gina@globex.example');
  secrets.set('a link to connect an account', lastPart(link));
  const page = await desk.follow(globex.openBrowser(), link, person('other@globex.example'));
  expect(page.text).toContain('We mailed a code to gina@globex.example');
}

const verifier = 'what-the-application-keeps-to-itself-0123456789';

/** Signs in with a second factor that is set up on the way; answers with the code for the application. */
async function enrol(browser: HttpBrowser): Promise<string> {
  const { id, redirectUri } = people.application;
  const asked = new URLSearchParams({
    ...{ client_id: id, redirect_uri: redirectUri, response_type: 'code', scope: 'openid offline_access' },
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const first = await browser.get(`${gatehouse.url}/oidc/auth?${asked}`);
  const page = await people.typePassword({ browser, page: first, sealedState: '' }, email);
  secrets.set('the secret of an app', secretOn(page));
  secrets.set('the key of a browser', text(browser.cookies.list(gatehouse.url)['gatehouse_browser']));
  secrets.set('a cookie of a sign-in', cookieOf(browser, 'interaction'));
  const shown = await browser.submit(page.form('code'), { code: totpCode(secretOn(page)) });
  secrets.set('a recovery code', /<code>([^<]+)<\/code>/.exec(shown.text)?.[1] ?? '');
  const done = await browser.follow(/class="button" href="([^"]+)"/.exec(shown.text)?.[1] ?? '');
  secrets.set('a cookie of the issuer', cookieOf(browser, 'session'));
  return new URL(text(done.location)).searchParams.get('code') ?? '';
}

async function redeem(code: string): Promise<void> {
  secrets.set('a code of the issuer', code);
  const { id, secret, redirectUri } = people.application;
  const answer = await fetch(`${gatehouse.url}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({
      ...{ grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier },
    }),
  });
  const tokens = asRecord(await answer.json());
  secrets.set('an access token', text(tokens['access_token']));
  secrets.set('a refresh token', text(tokens['refresh_token']));
}

async function makeToken(browser: HttpBrowser): Promise<void> {
  const cookie = browser.cookies.header(new URL(gatehouse.url), { method: 'GET', crossSite: false });
  const answer = await fetch(`${gatehouse.url}/api/v1/tenants/acme/api-tokens`, {
    method: 'POST',
    headers: { cookie, origin: gatehouse.url, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'A program', scopes: ['members:read'] }),
  });
  const made: unknown = await answer.json();
  secrets.set('an API token', /gatehouse_[0-9a-f]{72}/.exec(JSON.stringify(made))?.[0] ?? '');
}

/** The client sends it, and more of it than it should: the log keeps what comes. */
async function provision(): Promise<void> {
  const client = await DirectoryClient.setUp(gatehouse, 'acme');
  secrets.set("a directory's token", client.secret);
  secrets.set('a password of a directory', 'correct-horse-battery-staple');
  const nickName = `my key is ${client.secret}`;
  await client.create('provisioned@acme.example', { password: 'correct-horse-battery-staple' });
  await client.send('POST', '/Users', { nickName });
  await client.logged(gatehouse, 2);
}

function cookieOf(browser: HttpBrowser, name: string): string {
  return text(browser.cookies.list(gatehouse.url)[`gatehouse_issuer_${name}`]);
}

function lastPart(link: string): string {
  return link.split('/').at(-1) ?? '';
}

/** Past row-level security, as a backup of the database has it. */
async function readWholeDatabase(): Promise<ReadonlyMap<string, string>> {
  const url = new URL(process.env['GATEHOUSE_TEST_POSTGRES_URL'] ?? '');
  url.pathname = new URL(gatehouse.database.url).pathname;
  const database = await openDatabase({ url: url.href, poolSize: 1 });
  try {
    const tables: { name: string }[] = await database.query(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
    );
    const contents = new Map<string, string>();
    for (const { name } of tables) {
      const rows: unknown = await database.query(`SELECT t::text FROM "${name}" t`);
      contents.set(name, JSON.stringify(rows));
    }
    return contents;
  } finally {
    await database.destroy();
  }
}

describe('what people sign in with', () => {
  it('came up, all of it', () => {
    const short = [...secrets].filter(([, value]) => value.length < 12).map(([name]) => name);
    expect([short, secrets.size]).toEqual([[], 18]);
  });

  it('stands readable in no row of the database [OPS-6] [AUD-1]', async () => {
    const contents = await readWholeDatabase();
    expect(contents.size).toBeGreaterThan(35);
    expect(contents.get('users')).toContain(email);
    const found = [...secrets].flatMap(([name, value]) =>
      [...contents].flatMap(([table, rows]) => (rows.includes(value) ? [`${name} in ${table}`] : [])),
    );
    expect(found).toEqual([]);
  });

  it('is in nothing that the server logs [OPS-6]', () => {
    const found = [...secrets].filter(([, value]) => logged.includes(value)).map(([name]) => name);
    expect(found).toEqual([]);
  });
});
