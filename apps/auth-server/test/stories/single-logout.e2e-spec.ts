import { createHash } from 'node:crypto';
import { SamlKeys } from '@gatehouse/core';
import { HttpBrowser, type Page } from '@gatehouse/tools/http-browser';
import {
  generateKeyAndCertificate,
  readLogoutForm,
  readLogoutRedirect,
  type LogoutChanges,
  type LogoutName,
  type OutgoingLogout,
} from '@gatehouse/tools/saml-idp';
import { asRecord, Gatehouse, text } from '../gatehouse';
import { Organisation, person } from '../organisation';

let gatehouse: Gatehouse;
let acme: Organisation;
let beta: Organisation;
let certificate: string;
let application: Awaited<ReturnType<Gatehouse['application']>>;
const stranger = generateKeyAndCertificate();
const bindings = ['redirect', 'post'] as const;
const goodbye = 'http://localhost:9/bye';

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  [acme, beta] = [await Organisation.setUp(gatehouse, 'acme'), await Organisation.setUp(gatehouse, 'beta')];
  application = await gatehouse.application('http://localhost:9', {}, [goodbye]);
  certificate = (await gatehouse.app.get(SamlKeys).signing()).certificatePem;
}, 60_000);

afterAll(() => gatehouse?.stop());

/** Somebody signed in, with the tokens of an application. */
async function signIn(email: string, sessionIndex: string | null = '_s1', organisation = acme) {
  const { sso, redirectUri } = application;
  const started = await sso.signIn.start({ redirectUri, tenant: organisation.slug });
  const asked = await organisation.arriveAtIdp(started.url);
  const page = await organisation.answer(asked, person(email), { sessionIndex });
  const finished = await sso.signIn.finish({ ...started, callbackUrl: text(page.location), redirectUri });
  return { browser: asked.browser, idToken: text(finished.session.idToken) };
}

/** Whether the issuer still knows the session of this browser. */
async function isSignedIn(browser: HttpBrowser, organisation = acme): Promise<boolean> {
  const { sso, redirectUri } = application;
  const { url } = await sso.signIn.start({ redirectUri, tenant: organisation.slug });
  const silent = await browser.get(`${url}&prompt=none`);
  return new URL(text(silent.location)).searchParams.has('code');
}

function request(name: LogoutName, changes: LogoutChanges = {}): OutgoingLogout {
  return acme.idp.logout.request(acme.serviceProvider.sloUrl, name, changes);
}

/** From a frame of the identity provider in any browser: no cookie of ours comes along. */
function send(binding: (typeof bindings)[number], message: OutgoingLogout): Promise<Page> {
  const browser = new HttpBrowser({ follow: () => false });
  return binding === 'redirect'
    ? browser.get(message.redirectUrl)
    : browser.post(message.url, { ...message.form }, acme.idp.ssoUrl);
}

function readAnswer(page: Page) {
  if (page.status === 303) return readLogoutRedirect(text(page.location), certificate);
  return readLogoutForm(page.form('SAMLResponse').fields, certificate);
}

async function audit(type: string) {
  return (await gatehouse.audit('acme')).filter((entry) => entry['type'] === type);
}

/** Signed in as an application without the SDK does it, for the tokens. */
async function tokens(email: string) {
  const verifier = 'a-verifier-of-at-least-forty-three-characters-0123';
  const query = new URLSearchParams({
    ...{ client_id: application.id, redirect_uri: application.redirectUri, response_type: 'code' },
    ...{ scope: 'openid', tenant: acme.slug, code_challenge_method: 'S256' },
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  });
  const asked = await acme.arriveAtIdp(`${gatehouse.url}/oidc/auth?${query}`);
  const page = await acme.answer(asked, person(email));
  const code = new URL(text(page.location)).searchParams.get('code') ?? '';
  const grant = { grant_type: 'authorization_code', code, redirect_uri: application.redirectUri };
  const answer = await redeem({ ...grant, code_verifier: verifier });
  const { access_token: access, refresh_token: refresh } = asRecord(await answer.json());
  return { access: text(access), refresh: text(refresh) };
}

function redeem(form: Record<string, string>): Promise<Response> {
  const authorization = `Basic ${Buffer.from(`${application.id}:${application.secret}`).toString('base64')}`;
  const init = { method: 'POST', headers: { authorization }, body: new URLSearchParams(form) };
  return fetch(`${gatehouse.url}/oidc/token`, init);
}

describe('a logout request of the identity provider', () => {
  it('leaves the tokens of that person worth nothing, at once [SML-11] [SES-3]', async () => {
    const { access, refresh } = await tokens('amy@acme.example');
    const userinfo = () =>
      fetch(`${gatehouse.url}/oidc/me`, { headers: { authorization: `Bearer ${access}` } });
    expect((await userinfo()).status).toBe(200);
    await send('redirect', request({ nameId: 'amy@acme.example' }));
    expect((await userinfo()).status).toBe(401);
    expect((await redeem({ grant_type: 'refresh_token', refresh_token: refresh })).status).toBe(400);
  });

  it.each(bindings)('by %s ends the session at once and is answered, signed [SML-11]', async (binding) => {
    const { browser } = await signIn('ben@acme.example');
    const message = request({ nameId: 'ben@acme.example', sessionIndexes: ['_s1'] }, { relayState: "r'&1" });
    const page = await send(binding, message);
    const answer = readAnswer(page);
    expect(page.status).toBe(binding === 'redirect' ? 303 : 200);
    expect(answer).toMatchObject({ kind: 'LogoutResponse', issuer: acme.serviceProvider.entityId });
    expect(answer.attributes).toMatchObject({ InResponseTo: message.id, Destination: acme.idp.sloUrl });
    expect([answer.relayState, answer.statusCodes]).toEqual([
      "r'&1",
      ['urn:oasis:names:tc:SAML:2.0:status:Success'],
    ]);
    expect(await isSignedIn(browser)).toBe(false);
    expect((await audit('logout.received'))[0]).toMatchObject({
      subject: acme.connection,
      data: { requestId: message.id, sessions: 1 },
    });
    expect((await audit('session.ended'))[0]).toMatchObject({ data: { requestId: message.id } });
  });

  it('ends every session of the NameID where it names none, of both browsers [SML-11]', async () => {
    const [one, two] = [await signIn('cleo@acme.example', '_a'), await signIn('cleo@acme.example', '_b')];
    const bystander = await signIn('dan@acme.example', '_a');
    await send('redirect', request({ nameId: 'cleo@acme.example' }));
    expect([await isSignedIn(one.browser), await isSignedIn(two.browser)]).toEqual([false, false]);
    expect(await isSignedIn(bystander.browser)).toBe(true);
  });

  it('ends the sessions that it names, and not the others of the same person [SML-11]', async () => {
    const opened = [];
    for (const index of ['_a', '_b', '_c']) opened.push(await signIn('eli@acme.example', index));
    await send('post', request({ nameId: 'eli@acme.example', sessionIndexes: ['_a', '_c', '_x'] }));
    const left = await Promise.all(opened.map(({ browser }) => isSignedIn(browser)));
    expect(left).toEqual([false, true, false]);
  });

  it('ends nothing of another connection with the same NameID [SML-11] [SEC-3]', async () => {
    const name = 'fay@shared.example';
    const changes = { nameId: name };
    const { sso, redirectUri } = application;
    const at = async (organisation: Organisation, email: string) => {
      const started = await sso.signIn.start({ redirectUri, tenant: organisation.slug });
      const asked = await organisation.arriveAtIdp(started.url);
      await organisation.answer(asked, person(email), changes);
      return asked.browser;
    };
    const [here, there] = [await at(acme, 'fay@acme.example'), await at(beta, 'fay@beta.example')];
    const answer = readAnswer(await send('redirect', request({ nameId: name })));
    expect(answer.statusCodes).toHaveLength(1);
    expect([await isSignedIn(here), await isSignedIn(there, beta)]).toEqual([false, true]);
  });

  it('is a success where nobody is signed in any more [SML-11]', async () => {
    const answer = readAnswer(await send('redirect', request({ nameId: 'nobody@acme.example' })));
    expect(answer.statusCodes).toEqual(['urn:oasis:names:tc:SAML:2.0:status:Success']);
  });

  const hourAgo = new Date(Date.now() - 3_600_000);
  it.each<[string, LogoutChanges, string]>([
    ['is not signed', { key: null }, 'saml_signature_missing'],
    ['a stranger signed', { key: stranger }, 'saml_signature_invalid'],
    ['has another issuer', { issuer: 'https://other.example/' }, 'saml_issuer_mismatch'],
    ['is for another service', { destination: 'https://other.example/slo' }, 'saml_destination_mismatch'],
    ['has expired', { notOnOrAfter: hourAgo }, 'saml_expired'],
    ['was made an hour ago', { issueInstant: hourAgo }, 'saml_expired'],
  ])('that %s is refused, and ends nothing [SML-11]', async (_, changes, code) => {
    const { browser } = await signIn('gil@acme.example');
    for (const binding of bindings) {
      const page = await send(binding, request({ nameId: 'gil@acme.example' }, changes));
      expect([page.status, page.text]).toEqual([403, expect.stringContaining(code)]);
      expect((await audit('logout.refused'))[0]).toMatchObject({ data: { code } });
    }
    expect(await isSignedIn(browser)).toBe(true);
  });

  it("of another tenant's identity provider at this address is refused [SML-11] [SEC-3]", async () => {
    const { browser } = await signIn('hal@acme.example');
    const { sloUrl } = acme.serviceProvider;
    const foreign = beta.idp.logout.request(sloUrl, { nameId: 'hal@acme.example' });
    const page = await send('redirect', foreign);
    expect([page.status, page.text]).toEqual([403, expect.stringContaining('saml_issuer_mismatch')]);
    expect(await isSignedIn(browser)).toBe(true);
  });

  it.each(bindings)(
    'by %s works once: repeated, it ends no later session [SML-11] [SML-7]',
    async (binding) => {
      const message = request({ nameId: 'ida@acme.example' });
      const pages = await Promise.all(Array.from({ length: 6 }, () => send(binding, message)));
      expect(pages.filter((page) => page.text.includes('saml_replay'))).toHaveLength(5);
      const { browser } = await signIn('ida@acme.example');
      expect((await send(binding, message)).text).toContain('saml_replay');
      expect(await isSignedIn(browser)).toBe(true);
    },
  );

  it('that cannot be met is answered as the fault of the requester, and ends nothing [SML-11]', async () => {
    const { browser } = await signIn('jan@acme.example');
    const xml = (whole: string) => whole.replace(/<saml:NameID.*<\/saml:NameID>/, '<saml:EncryptedID/>');
    const answer = readAnswer(await send('redirect', request({ nameId: 'jan@acme.example' }, { xml })));
    expect(answer.statusCodes).toEqual(['urn:oasis:names:tc:SAML:2.0:status:Requester']);
    expect((await audit('logout.refused'))[0]).toMatchObject({
      data: { code: 'saml_encrypted_unsupported' },
    });
    expect(await isSignedIn(browser)).toBe(true);
  });

  it('by post is answered with a page that the identity provider may frame, and nobody else [SML-11] [SEC-2]', async () => {
    const page = await send('post', request({ nameId: 'kim@acme.example' }));
    const policy = page.headers['content-security-policy'];
    expect(policy).toContain('frame-ancestors https://idp.acme.example');
    expect(policy).toContain("script-src 'self'");
    expect(page.headers['x-frame-options']).toBeUndefined();
    const refused = await send('post', request({ nameId: 'kim@acme.example' }, { key: null }));
    expect(refused.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });

  it.each([
    ['nothing', '', 400],
    ['no SAML message', '?a=b', 400],
    ['broken escapes', '?SAMLRequest=%E0%A4', 400],
    ['no DEFLATE', '?SAMLRequest=abcd&SigAlg=a&Signature=b', 403],
  ])('that is %s is a clear refusal, never a failure [SML-14]', async (_, query) => {
    const page = await new HttpBrowser().get(`${acme.serviceProvider.sloUrl}${query}`);
    expect(page.status).toBeGreaterThanOrEqual(400);
    expect(page.status).toBeLessThan(500);
    expect(page.text).toMatch(/saml_\w+/);
  });

  it('to a connection that is unknown or a draft is a clear refusal [SML-14]', async () => {
    for (const id of ['conn_0', `conn_${'0'.repeat(26)}`]) {
      const page = await new HttpBrowser().get(`${gatehouse.url}/saml/slo/${id}?SAMLRequest=abc`);
      expect(page.text).toContain('connection_unknown');
    }
    const draft = await gatehouse.did('POST', 'tenants/acme/connections', { label: 'Draft' });
    const page = await new HttpBrowser().get(
      `${gatehouse.url}/saml/slo/${text(draft['id'])}?SAMLRequest=abc`,
    );
    expect([page.status, page.text]).toEqual([409, expect.stringContaining('connection_incomplete')]);
  });
});

/** Signs out at the issuer, as an application's link does, and stops where that leads. */
async function signOut({ browser, idToken }: { browser: HttpBrowser; idToken: string }): Promise<Page> {
  const url = text(await application.sso.signOut.url({ idToken, postLogoutRedirectUri: goodbye }));
  const asked = await browser.get(`${url}&state=s1`);
  return browser.submit(asked.form('xsrf'), { logout: 'yes' });
}

describe('signing out here', () => {
  it.each(bindings)(
    'goes on over the identity provider and comes back by %s [SML-11] [APP-1]',
    async (binding) => {
      const signedIn = await signIn('lea@acme.example', '_lea');
      const page = await signOut(signedIn);
      const asked = readLogoutRedirect(text(page.location), certificate);
      expect(text(page.location)).toMatch(`${acme.idp.sloUrl}?SAMLRequest=`);
      expect(asked).toMatchObject({
        kind: 'LogoutRequest',
        issuer: acme.serviceProvider.entityId,
        nameId: 'lea@acme.example',
        nameIdAttributes: { Format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress' },
        sessionIndexes: ['_lea'],
      });
      const { browser } = signedIn;
      expect(await isSignedIn(browser)).toBe(false);
      const { sloUrl } = acme.serviceProvider;
      const answer = acme.idp.logout.response(sloUrl, text(asked.attributes['ID']));
      const back =
        binding === 'redirect'
          ? await browser.get(answer.redirectUrl)
          : await browser.post(sloUrl, { ...answer.form }, acme.idp.ssoUrl);
      expect(text(back.location)).toBe(`${goodbye}?state=s1`);
      expect((await audit('logout.answered'))[0]).toMatchObject({
        data: { requestId: asked.attributes['ID'] },
      });
      const again = await browser.get(answer.redirectUrl);
      expect(again.text).toContain('saml_in_response_to_unknown');
    },
  );

  it('ends the session first: an identity provider that never answers changes nothing [SML-11] [SES-3]', async () => {
    const signedIn = await signIn('max@acme.example');
    await signOut(signedIn);
    expect(await isSignedIn(signedIn.browser)).toBe(false);
    expect((await audit('logout.sent'))[0]).toMatchObject({ subject: acme.connection });
  });

  it('goes on to the application when the identity provider has failed, as it says itself [SML-11]', async () => {
    const signedIn = await signIn('mia@acme.example');
    const asked = readLogoutRedirect(text((await signOut(signedIn)).location), certificate);
    const answer = acme.idp.logout.response(acme.serviceProvider.sloUrl, text(asked.attributes['ID']), {
      statusCode: 'urn:oasis:names:tc:SAML:2.0:status:Responder',
    });
    expect(text((await signedIn.browser.get(answer.redirectUrl)).location)).toBe(`${goodbye}?state=s1`);
    expect((await audit('logout.answered'))[0]).toMatchObject({
      data: { status: 'urn:oasis:names:tc:SAML:2.0:status:Responder' },
    });
  });

  it.each<[string, LogoutChanges, string]>([
    ['not signed', { key: null }, 'saml_signature_missing'],
    ['signed by a stranger', { key: stranger }, 'saml_signature_invalid'],
  ])('takes no answer that is %s; the honest one still counts [SML-11]', async (_, changes, code) => {
    const signedIn = await signIn('ned@acme.example');
    const asked = readLogoutRedirect(text((await signOut(signedIn)).location), certificate);
    const respond = (bent: LogoutChanges) =>
      acme.idp.logout.response(acme.serviceProvider.sloUrl, text(asked.attributes['ID']), bent);
    const page = await signedIn.browser.get(respond(changes).redirectUrl);
    expect([page.status, page.text]).toEqual([403, expect.stringContaining(code)]);
    const honest = await signedIn.browser.get(respond({}).redirectUrl);
    expect(text(honest.location)).toBe(`${goodbye}?state=s1`);
  });

  it("takes no answer of another tenant's identity provider to it [SML-11] [SEC-3]", async () => {
    const signedIn = await signIn('oda@acme.example');
    const asked = readLogoutRedirect(text((await signOut(signedIn)).location), certificate);
    const foreign = beta.idp.logout.response(beta.serviceProvider.sloUrl, text(asked.attributes['ID']));
    const page = await signedIn.browser.get(foreign.redirectUrl);
    expect([page.status, page.text]).toEqual([403, expect.stringContaining('saml_in_response_to_unknown')]);
  });

  it('posts the request where the identity provider takes it by POST only [SML-11]', async () => {
    const metadataXml = acme.idp.metadata().replace(/<md:SingleLogoutService [^>]*HTTP-Redirect"[^>]*>/, '');
    await gatehouse.did('PATCH', `tenants/beta/connections/${beta.connection}`, { label: 'Still beta' });
    const gamma = new Organisation(gatehouse, 'gamma');
    Object.assign(gamma.idp, {
      metadata: () => metadataXml.replaceAll('idp.acme.example', 'idp.gamma.example'),
    });
    await gamma.register();
    await gamma.verifyDomain();
    await gamma.connect();
    await gamma.test(person(gamma.owner));
    await gatehouse.did('POST', `${gamma.path}/connections/${gamma.connection}/enable`);
    const page = await signOut(await signIn('pia@gamma.example', '_p', gamma));
    expect(page.status).toBe(200);
    const form = page.form('SAMLRequest');
    expect([form.action, form.method]).toEqual(['https://idp.gamma.example/slo', 'POST']);
    expect(readLogoutForm(form.fields, certificate)).toMatchObject({ nameId: 'pia@gamma.example' });
    expect(page.headers['content-security-policy']).toMatch(/script-src 'self'.*frame-ancestors 'none'/);
  });

  it('goes straight to the application where the identity provider knows no logout [SML-11]', async () => {
    const delta = new Organisation(gatehouse, 'delta');
    const metadataXml = delta.idp.metadata().replace(/<md:SingleLogoutService [^>]*>/g, '');
    Object.assign(delta.idp, { metadata: () => metadataXml });
    await delta.register();
    await delta.verifyDomain();
    await delta.connect();
    await delta.test(person(delta.owner));
    await gatehouse.did('POST', `${delta.path}/connections/${delta.connection}/enable`);
    const signedIn = await signIn('quy@delta.example', '_q', delta);
    expect(text((await signOut(signedIn)).location)).toBe(`${goodbye}?state=s1`);
    expect(await isSignedIn(signedIn.browser, delta)).toBe(false);
    const asked = delta.idp.logout.request(delta.serviceProvider.sloUrl, { nameId: 'quy@delta.example' });
    const page = await send('redirect', asked);
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('You are signed out')]);
  });
});
