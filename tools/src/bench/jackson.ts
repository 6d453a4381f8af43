import { createHash, randomBytes } from 'node:crypto';
import type { Agent } from 'node:http';
import { z } from 'zod';
import { generateKeyAndCertificate, SamlIdp } from '../saml-idp';
import { DOMAIN, personOf } from './company';
import { PersonAtBrowser } from './person-at-browser';
import { quickAnswer } from './quick-answer';
import { StageWatch } from './stage-watch';

const REDIRECT_URI = 'http://localhost:9/auth/callback';
const client = z.object({ clientID: z.string(), clientSecret: z.string() });
const tokens = z.object({ access_token: z.string() });
const profile = z.object({ email: z.string() });

/** One tenant of saml-jackson with one connection: the peer of `Company`. */
export interface JacksonCompany {
  readonly url: string;
  readonly idp: SamlIdp;
  readonly clientId: string;
}

export async function setUpJackson(url: string, agent: Agent): Promise<JacksonCompany> {
  const idp = new SamlIdp({
    entityId: `https://idp.${DOMAIN}/entity`,
    ssoUrl: `https://idp.${DOMAIN}/sso`,
    key: generateKeyAndCertificate({ commonName: 'bench' }),
  });
  const wanted = {
    rawMetadata: idp.metadata(),
    tenant: 'bench',
    product: 'bench',
    defaultRedirectUrl: REDIRECT_URI,
    redirectUrl: [REDIRECT_URI],
  };
  const headers = { 'content-type': 'application/json' };
  const browser = new PersonAtBrowser(agent);
  const made = await browser.send({ method: 'POST', url: `${url}/connections`, headers, json: wanted });
  return { url, idp, clientId: client.parse(JSON.parse(made.body)).clientID };
}

/** From the application's question through the AuthnRequest to the stored, verified profile. */
export async function openJacksonSession({ url, idp, clientId }: JacksonCompany, name: string, agent: Agent) {
  const watch = new StageWatch();
  const browser = new PersonAtBrowser(agent);
  const verifier = randomBytes(32).toString('base64url');
  const question = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    scope: 'openid',
    redirect_uri: REDIRECT_URI,
    state: randomBytes(32).toString('base64url'),
    nonce: randomBytes(32).toString('base64url'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const asked = { method: 'GET', url: `${url}/authorize?${question}` } as const;
  const atIdp = await watch.time('authorize', () => browser.redirected(asked));
  const respond = () => Promise.resolve(quickAnswer(idp, idp.readRedirect(atIdp), personOf(name)));
  const { form } = await watch.time('idp', respond);
  const post = { method: 'POST', url: `${url}/acs`, form: { ...form }, crossSite: true } as const;
  const callback = await watch.time('acs', () => browser.redirected(post));
  return { watch, browser, verifier, callback };
}

export async function signInAtJackson(company: JacksonCompany, name: string, agent: Agent) {
  const { watch, browser, verifier, callback } = await openJacksonSession(company, name, agent);
  const code = new URL(callback).searchParams.get('code') ?? '';
  const exchange = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: REDIRECT_URI,
    code_verifier: verifier,
  };
  const token = { method: 'POST', url: `${company.url}/token`, form: exchange } as const;
  const { body } = await watch.time('token', () => browser.send(token));
  const headers = { authorization: `Bearer ${tokens.parse(JSON.parse(body)).access_token}` };
  const who = { method: 'GET', url: `${company.url}/userinfo`, headers } as const;
  const answer = await watch.time('userinfo', () => browser.send(who));
  const { email } = profile.parse(JSON.parse(answer.body));
  if (email !== personOf(name).email) throw new Error(`${name} was signed in as ${email}`);
  return watch;
}
