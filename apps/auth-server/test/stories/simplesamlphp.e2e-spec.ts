import { HttpBrowser, type Page } from '@gatehouse/tools/http-browser';
import { ana, ben, startSimpleSamlPhp, whyNoSimpleSamlPhp } from '@gatehouse/tools/simplesamlphp';
import type { Person, SimpleSamlPhp } from '@gatehouse/tools/simplesamlphp';
import { asRecord, Gatehouse, text } from '../gatehouse';

const reason = whyNoSimpleSamlPhp();
if (reason !== undefined) process.stderr.write(`SKIPPED: ${reason}\n`);
const describeWithSimpleSamlPhp = reason === undefined ? describe : describe.skip;

describeWithSimpleSamlPhp(`SimpleSAMLphp signs people in${reason ? ` (${reason})` : ''}`, () => {
  let gatehouse: Gatehouse;
  let idp: SimpleSamlPhp;
  let application: Awaited<ReturnType<Gatehouse['application']>>;
  let connection = '';

  beforeAll(async () => {
    idp = await startSimpleSamlPhp({ serviceProviders: [] });
    gatehouse = await Gatehouse.start({ allowedPrivateHosts: [new URL(idp.metadataUrl).host] });
    application = await gatehouse.application();
    await gatehouse.did('POST', 'tenants', { slug: 'acme', name: 'Acme' });
    await gatehouse.did('POST', 'tenants/acme/members', { email: ana.mail, role: 'owner' });
    await verifyDomain('acme.example');
  }, 60_000);

  afterAll(async () => {
    await gatehouse?.stop();
    await idp?.stop();
  });

  async function verifyDomain(name: string): Promise<void> {
    const claim = await gatehouse.did('POST', 'tenants/acme/domains', { name });
    const proof = asRecord(claim['proof']);
    gatehouse.dns.set(text(proof['name']), 'TXT', [text(proof['value'])]);
    await gatehouse.did('POST', `tenants/acme/domains/${text(claim['id'])}/verify`);
  }

  function aBrowser(): HttpBrowser {
    return new HttpBrowser({ follow: (next) => !next.startsWith(`${application.appUrl}/`) });
  }

  async function giveNameAndPassword(browser: HttpBrowser, { username, password }: Person): Promise<void> {
    await browser.submit(browser.page.form('username'), { username, password });
  }

  function deliver(browser: HttpBrowser): Promise<Page> {
    return browser.submit(browser.page.form('SAMLResponse'));
  }

  async function atIdp(browser: HttpBrowser, who: Person): Promise<Page> {
    await giveNameAndPassword(browser, who);
    return deliver(browser);
  }

  async function start(browser: HttpBrowser, email: string) {
    const { sso, redirectUri } = application;
    const { url, sealedState } = await sso.signIn.start({ redirectUri });
    await browser.submit((await browser.get(url)).form('email'), { email });
    return (page: Page) => sso.signIn.finish({ callbackUrl: text(page.location), sealedState, redirectUri });
  }

  async function signIn(who: Person, browser = aBrowser()) {
    const finish = await start(browser, who.mail);
    return finish(await atIdp(browser, who));
  }

  function connectionPath(): string {
    return `tenants/acme/connections/${connection}`;
  }

  async function startTest(browser: HttpBrowser): Promise<Page> {
    return browser.get(text((await gatehouse.did('POST', `${connectionPath()}/tests`))['startUrl']));
  }

  async function ownAddresses() {
    const own = asRecord((await gatehouse.did('GET', connectionPath()))['serviceProvider']);
    return {
      entityId: text(own['entityId']),
      acsUrl: text(own['acsUrl']),
      metadataUrl: text(own['metadataUrl']),
    };
  }

  /** Gives the identity provider our metadata, as its administrator would. */
  async function tellIdp(): Promise<void> {
    const { metadataUrl, ...own } = await ownAddresses();
    await idp.addServiceProvider({ ...own, metadataXml: (await new HttpBrowser().get(metadataUrl)).text });
  }

  /** Our metadata wants signed assertions, and SimpleSAMLphp obeys that before its own settings. */
  async function tellIdpByHand(): Promise<void> {
    const { entityId, acsUrl } = await ownAddresses();
    await idp.addServiceProvider({ entityId, acsUrl });
  }

  async function lastRefusal() {
    const audit = await gatehouse.audit('acme');
    return audit.find((entry) => entry['type'] === 'sign_in.refused')?.['data'];
  }

  it('is connected by its metadata address, tested by an owner and switched on [CON-6] [CON-8]', async () => {
    const wanted = { label: 'SimpleSAMLphp', metadataUrl: idp.metadataUrl };
    const made = await gatehouse.did('POST', 'tenants/acme/connections', wanted);
    connection = text(made['id']);
    expect(made).toMatchObject({ state: 'configured', idp: { entityId: idp.entityId } });
    await tellIdp();
    const browser = aBrowser();
    await startTest(browser);
    expect((await atIdp(browser, ana)).text).toContain('The test passed');
    expect(await gatehouse.did('POST', `${connectionPath()}/enable`)).toMatchObject({ state: 'enabled' });
  });

  it('tells the application who somebody is who typed an e-mail address [LOG-1] [SML-1]', async () => {
    const { profile, tenant, session } = await signIn(ben);
    expect(profile).toMatchObject({ email: ben.mail, name: 'Ben Okafor', groups: [...ben.groups] });
    expect(tenant).toMatchObject({ slug: 'acme' });
    expect(session).toMatchObject({ via: 'saml', connection, user: { role: 'member' } });
  });

  it.each([
    ['the assertion', { signResponse: false, signAssertion: true }, ['Assertion']],
    ['the response', { signResponse: true, signAssertion: false }, ['Response']],
    ['both', { signResponse: true, signAssertion: true }, ['Response', 'Assertion']],
  ])('signs a person in who comes with a signature of %s [SML-3]', async (_, dialect, covered) => {
    await tellIdpByHand();
    await idp.setDialect(dialect);
    const browser = aBrowser();
    const finish = await start(browser, ben.mail);
    await giveNameAndPassword(browser, ben);
    expect(signedParts(browser.page)).toEqual(covered);
    expect((await finish(await deliver(browser))).profile.email).toBe(ben.mail);
  });

  it('is refused where nothing is signed, and nobody is signed in [SML-3]', async () => {
    await tellIdpByHand();
    await idp.setDialect({ signResponse: false, signAssertion: false });
    const { signIns } = await gatehouse.count('acme');
    const browser = aBrowser();
    await start(browser, ben.mail);
    const page = await atIdp(browser, ben);
    await idp.setDialect({ signResponse: true, signAssertion: true });
    expect([page.status, page.text]).toEqual([403, expect.stringContaining('saml_signature_missing')]);
    expect((await gatehouse.count('acme'))['signIns']).toBe(signIns);
  });

  it('asks somebody who is signed in there already again only where the connection wants it', async () => {
    const browser = aBrowser();
    await startTest(browser);
    await atIdp(browser, ana);
    expect((await startTest(browser)).form('SAMLResponse').fields).toBeDefined();
    await gatehouse.did('PATCH', connectionPath(), { settings: { forceAuthn: true } });
    const forced = await startTest(browser);
    expect(new URL(forced.url).pathname).toBe(idp.signInPath);
    expect((await atIdp(browser, ana)).text).toContain('The test passed');
    await gatehouse.did('PATCH', connectionPath(), { settings: { forceAuthn: false } });
  });

  it('signs people in by an assertion that it encrypts to the key in our metadata [SML-9] [SML-13]', async () => {
    await tellIdp();
    await idp.setDialect({ encryptAssertion: true });
    const browser = aBrowser();
    const finish = await start(browser, ben.mail);
    await giveNameAndPassword(browser, ben);
    expect(postedXml(browser.page)).toMatch(/EncryptedAssertion(?!.*<saml:Assertion)/s);
    expect((await finish(await deliver(browser))).profile.email).toBe(ben.mail);

    const late = aBrowser();
    const finishLate = await start(late, ben.mail);
    await giveNameAndPassword(late, ben);
    for (const step of ['publish', 'switch'])
      await gatehouse.did('POST', 'saml-keys/rotate', { step, force: true });
    expect((await finishLate(await deliver(late))).profile.email).toBe(ben.mail);
    await gatehouse.did('POST', 'saml-keys/rotate', { step: 'retire', force: true });
    const lost = aBrowser();
    await start(lost, ben.mail);
    expect((await atIdp(lost, ben)).status).toBe(403);
    expect(await lastRefusal()).toMatchObject({ code: 'saml_decryption_failed' });
    await tellIdp();
    expect((await signIn(ben)).profile.email).toBe(ben.mail);
    await idp.setDialect({ encryptAssertion: false });
  });

  it('verifies our requests by either binding once our metadata says that they are signed [SML-1] [CON-5] [CON-12]', async () => {
    await gatehouse.did('PATCH', connectionPath(), { settings: { signRequests: true } });
    await tellIdp();
    expect((await signIn(ben)).profile.email).toBe(ben.mail);

    await gatehouse.did('PATCH', connectionPath(), { settings: { requestBinding: 'post' } });
    expect((await signInByPost()).profile.email).toBe(ben.mail);

    await gatehouse.did('PATCH', connectionPath(), { settings: { signRequests: false } });
    const complaint = 'no signature found on message';
    // The connection stops signing, and our metadata that SimpleSAMLphp holds says still that it does.
    const byPost = aBrowser();
    await start(byPost, ben.mail);
    const refused = await byPost.submit(byPost.page.form('SAMLRequest'));
    expect(refused.text).toContain(complaint);
    await gatehouse.did('PATCH', connectionPath(), { settings: { requestBinding: 'redirect' } });
    const byRedirect = aBrowser();
    await start(byRedirect, ben.mail);
    expect(byRedirect.page.text).toContain(complaint);
  });

  async function signInByPost() {
    const browser = aBrowser();
    const finish = await start(browser, ben.mail);
    await browser.submit(browser.page.form('SAMLRequest'));
    return finish(await atIdp(browser, ben));
  }
});

function postedXml(page: Page): string {
  return Buffer.from(page.form('SAMLResponse').fields['SAMLResponse'] ?? '', 'base64').toString();
}

/** What carries a signature of its own in the answer that the page is about to post. */
function signedParts(page: Page): string[] {
  const parents = postedXml(page).matchAll(/<\/saml:Issuer>(<ds:Signature )?/g);
  return [...parents].flatMap(([, signature], index) =>
    signature === undefined ? [] : [index === 0 ? 'Response' : 'Assertion'],
  );
}
