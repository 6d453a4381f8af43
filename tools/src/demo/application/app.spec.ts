import { createSso } from '@gatehouse/client-sdk';
import type { SsoSession } from '@gatehouse/client-sdk';
import type { Listening } from '../../web/listen';
import { listen } from '../../web/listen';
import { demoApplication } from './app';

const sso = createSso({
  url: 'http://127.0.0.1:1',
  clientId: 'app_1',
  clientSecret: 'secret',
  cookieSecret: 'a-cookie-secret-of-more-than-32-characters',
  env: {},
  // Nobody is there to be asked.
  sessionCheck: false,
});
const now = Math.floor(Date.now() / 1000);
const session: SsoSession = {
  id: 's1',
  sid: 'ses_1',
  user: {
    id: 'user_1',
    email: 'ada@acme.example',
    name: 'Ada <b>Byron</b>',
    role: 'member',
    groups: ['finance'],
    attributes: {},
  },
  tenant: { id: 'ten_1', slug: 'acme', name: 'Acme' },
  via: 'saml',
  connection: 'conn_1',
  amr: [],
  authTime: now,
  sessionExpiresAt: now + 7200,
};

let application: Listening;
beforeAll(async () => {
  application = await listen(demoApplication(sso, 'http://login.example/account'), 0);
});
afterAll(() => application.close());

const open = (path: string, headers: Record<string, string> = {}) =>
  fetch(application.url + path, { headers, redirect: 'manual' });
const asAda = async () => ({ cookie: `gatehouse_session=${await sso.session.seal(session)}` });

it('asks a stranger for an e-mail address in a form that needs no script [APP-4]', async () => {
  const page = await (await open('/')).text();
  expect(page).toContain('<form action="/auth/login">');
  expect(page).toContain('name="email"');
  expect(page).not.toContain('<script');
});

it('shows who is signed in, to which team, in which role and how, without letting a name be markup [APP-2]', async () => {
  const page = await (await open('/', await asAda())).text();
  for (const fact of [
    'ada@acme.example',
    'Acme',
    'member',
    'finance',
    'SAML through <code>conn_1</code>',
    'in 2 hours',
    '<a href="http://login.example/account">',
  ]) {
    expect(page).toContain(fact);
  }
  expect(page).toContain('Ada &lt;b&gt;Byron&lt;/b&gt;');
  expect(page).toContain('<form action="/auth/logout" method="post">');
});

it('sends a member of one team who opens the pages of another to its sign-in [SES-2]', async () => {
  const headers = { ...(await asAda()), accept: 'text/html' };
  expect((await open('/t/acme', headers)).status).toBe(200);
  const other = await open('/t/globex', headers);
  expect(other.headers.get('location')).toBe('/auth/login?tenant=globex&returnTo=%2Ft%2Fglobex');
});

it('says that Gatehouse is away in words, with the code [APP-4]', async () => {
  const answer = await open('/auth/login?email=ada%40acme.example');
  expect(answer.status).toBe(502);
  expect(await answer.text()).toContain('<code>network');
});
