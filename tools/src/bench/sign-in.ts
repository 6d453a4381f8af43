import { createHash, randomBytes } from 'node:crypto';
import type { Agent } from 'node:http';
import { z } from 'zod';
import { personOf, TENANT, type Company } from './company';
import { PersonAtBrowser } from './person-at-browser';
import { quickAnswer } from './quick-answer';
import { StageWatch } from './stage-watch';

const tokens = z.object({ access_token: z.string().min(1), id_token: z.string().min(1) });
const userinfo = z.object({ email: z.string() });

/** What the application remembers between asking and being answered. */
interface Started {
  readonly state: string;
  readonly verifier: string;
  readonly url: string;
}

/** A sign-in whose session is open; the application has not been answered yet. */
interface Opened {
  readonly watch: StageWatch;
  readonly browser: PersonAtBrowser;
  readonly started: Started;
  /** Where the identity provider's answer sent the browser. */
  readonly finish: string;
}

/** From the application's question through the AuthnRequest to the opened session, in a new browser. */
export async function openSession(company: Company, name: string, agent: Agent): Promise<Opened> {
  const watch = new StageWatch();
  const browser = new PersonAtBrowser(agent);
  const started = start(company);
  const get = (url: string) => () => browser.redirected({ method: 'GET', url });
  const asked = await watch.time('authorize', get(started.url));
  const atIdp = asked.startsWith(company.idp.ssoUrl) ? asked : await watch.time('login', get(asked));
  const { acsUrl, form } = await watch.time('idp', () => Promise.resolve(answer(company, atIdp, name)));
  const post = { method: 'POST', url: acsUrl, form: { ...form }, crossSite: true } as const;
  const finish = await watch.time('acs', () => browser.redirected(post));
  return { watch, browser, started, finish };
}

/** One full sign-in of a person in a new browser, from the application's question to the person's claims. */
export async function signIn(company: Company, name: string, agent: Agent): Promise<StageWatch> {
  const { watch, browser, started, finish } = await openSession(company, name, agent);
  const get = (url: string) => () => browser.redirected({ method: 'GET', url });
  const resume = await watch.time('finish', get(finish));
  const callback = await watch.time('resume', get(resume));
  const code = codeFrom(callback, started);
  const accessToken = await watch.time('token', () => exchange(company, agent, code, started));
  const email = await watch.time('userinfo', () => whoIs(company, agent, accessToken));
  if (email !== personOf(name).email) throw new Error(`${name} was signed in as ${email}`);
  return watch;
}

/** RFC 7636 4.1 and 4.2, with the tenant named as the SDK does. */
function start({ url, clientId, redirectUri }: Company): Started {
  const [state, nonce, verifier] = [secret(), secret(), secret()];
  const question = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    scope: 'openid profile email',
    redirect_uri: redirectUri,
    state,
    nonce,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    tenant: TENANT,
  });
  return { state, verifier, url: `${url}/oidc/auth?${question}` };
}

function answer({ idp }: Company, atIdp: string, name: string) {
  if (!atIdp.startsWith(idp.ssoUrl)) throw new Error(`The login led to ${atIdp}`);
  return quickAnswer(idp, idp.readRedirect(atIdp), personOf(name));
}

function codeFrom(callback: string, { state }: Started): string {
  const parameters = new URL(callback).searchParams;
  const code = parameters.get('code');
  if (code !== null && parameters.get('state') === state) return code;
  throw new Error(`The issuer answered without a code: ${callback}`);
}

async function exchange(company: Company, agent: Agent, code: string, { verifier }: Started) {
  const { clientId, clientSecret, redirectUri, url } = company;
  const credentials = `${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`;
  const { status, body } = await new PersonAtBrowser(agent).send({
    method: 'POST',
    url: `${url}/oidc/token`,
    headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
    form: { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier },
  });
  if (status !== 200) throw new Error(`The token endpoint answered ${status}: ${body}`);
  return tokens.parse(JSON.parse(body)).access_token;
}

async function whoIs({ url }: Company, agent: Agent, accessToken: string): Promise<string> {
  const { status, body } = await new PersonAtBrowser(agent).send({
    method: 'GET',
    url: `${url}/oidc/me`,
    headers: { authorization: `Bearer ${accessToken}` },
  });
  if (status !== 200) throw new Error(`The userinfo endpoint answered ${status}: ${body}`);
  return userinfo.parse(JSON.parse(body)).email;
}

function secret(): string {
  return randomBytes(32).toString('base64url');
}
