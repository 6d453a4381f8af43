import { HttpBrowser, type Page } from '@gatehouse/tools/http-browser';
import { generateKeyAndCertificate } from '@gatehouse/tools/saml-idp';
import { ben } from '@gatehouse/tools/simplesamlphp';
import { text } from '../gatehouse';
import { carriedLogouts, framersOf, framesOf } from '../logout-pages';
import {
  describeWithSimpleSamlPhp,
  goodbye,
  openPremises,
  postedXml,
  SimpleSamlPhpCompany,
  type Premises,
} from '../simplesamlphp-company';

const bindings = ['redirect', 'post'] as const;
const status = 'urn:oasis:names:tc:SAML:2.0:status:';

describeWithSimpleSamlPhp('Single logout with SimpleSAMLphp', () => {
  let premises: Premises;
  let acme: SimpleSamlPhpCompany;

  beforeAll(async () => {
    premises = await openPremises();
    acme = await SimpleSamlPhpCompany.connected(premises);
  }, 60_000);

  afterAll(() => premises?.close());

  /** Somebody who is signed in at the application. */
  async function signedIn(company = acme, browser = company.aBrowser()) {
    const { session } = await company.signIn(ben, browser);
    return { browser, idToken: text(session.idToken), accessToken: premises.accessTokens.at(-1) ?? '' };
  }

  async function userinfo(accessToken: string): Promise<number> {
    const headers = { authorization: `Bearer ${accessToken}` };
    return (await fetch(`${premises.gatehouse.url}/oidc/me`, { headers })).status;
  }

  /** Whether the identity provider would sign somebody in without asking for the password. */
  async function isKnownAtIdp(browser: HttpBrowser): Promise<boolean> {
    const page = await browser.get(premises.idp.idpInitiatedUrl(await acme.own('entityId')));
    return page.forms.some(({ fields }) => 'SAMLResponse' in fields);
  }

  /** Follows forms that a page would post by itself, as far as they lead. */
  async function pressOn(browser: HttpBrowser): Promise<Page> {
    for (let page = browser.page; ; page = browser.page) {
      const form = page.forms.find(({ fields }) => 'SAMLRequest' in fields || 'SAMLResponse' in fields);
      if (!form) return page;
      await browser.submit(form);
    }
  }

  /** The application's link: our issuer asks, and the way leads over the identity provider. */
  async function signOut({ browser, idToken }: Awaited<ReturnType<typeof signedIn>>): Promise<Page> {
    const url = await premises.application.sso.signOut.url({ idToken, postLogoutRedirectUri: goodbye });
    const asked = await browser.get(`${text(url)}&state=s1`);
    await browser.submit(asked.form('xsrf'), { logout: 'yes' });
    return pressOn(browser);
  }

  async function expectSignedOut(person: Awaited<ReturnType<typeof signedIn>>): Promise<void> {
    expect(await userinfo(person.accessToken)).toBe(401);
    expect(await acme.isSignedIn(person.browser)).toBe(false);
  }

  describe('begun at the application', () => {
    it.each(bindings)(
      'ends both sessions by %s and comes back to it [SML-11] [APP-1] [SES-3]',
      async (binding) => {
        await acme.speakLogout(binding);
        const person = await signedIn();
        expect(await userinfo(person.accessToken)).toBe(200);
        expect(await isKnownAtIdp(person.browser)).toBe(true);
        const page = await signOut(person);
        expect(page.location).toBe(`${goodbye}?state=s1`);
        const [sent, answered] = carriedLogouts(person.browser);
        expect([sent, answered]).toEqual(
          binding === 'redirect'
            ? ['GET SingleLogoutService.php SAMLRequest', 'GET slo SAMLResponse']
            : ['POST SingleLogoutService.php', 'POST slo'],
        );
        expect((await acme.latest('logout.answered'))['data']).toMatchObject({ status: `${status}Success` });
        await expectSignedOut(person);
        expect(await isKnownAtIdp(person.browser)).toBe(false);
      },
    );

    it('is refused there where it holds another certificate of ours; here it has happened [SML-11] [SML-13]', async () => {
      await acme.speakLogout('redirect');
      const person = await signedIn();
      const { certificatePem } = generateKeyAndCertificate();
      const body = certificatePem.replace(/-----[^-]+-----|\s/g, '');
      await acme.tellIdp((metadata) =>
        metadata.replace(/<ds:X509Certificate>[^<]*/g, `<ds:X509Certificate>${body}`),
      );
      const page = await signOut(person);
      await acme.tellIdp();
      expect(page.url.startsWith(premises.idp.singleLogoutUrl)).toBe(true);
      expect(page.text).toContain('Unable to validate signature');
      await expectSignedOut(person);
      expect(await isKnownAtIdp(person.browser)).toBe(true);
    });

    it('goes on to the application where another service could not be told [SML-11]', async () => {
      await acme.speakLogout('redirect');
      const wiki = { entityId: 'https://wiki.example/', acsUrl: 'https://wiki.example/acs' };
      await premises.idp.addServiceProvider(wiki);
      const person = await signedIn();
      const atWiki = await person.browser.get(premises.idp.idpInitiatedUrl(wiki.entityId));
      expect(postedXml(atWiki)).toContain('https://wiki.example/acs');
      expect((await signOut(person)).location).toBe(`${goodbye}?state=s1`);
      expect((await acme.latest('logout.answered'))['data']).toMatchObject({
        status: `${status}PartialLogout`,
      });
      await expectSignedOut(person);
    });
  });

  describe('begun at the identity provider', () => {
    /** In frames no cookie of ours comes along, in either direction: a browser of its own. */
    async function inFrame(browser: HttpBrowser, url: string): Promise<Page> {
      const { idp, gatehouse } = premises;
      const frame = new HttpBrowser({ follow: () => false });
      const fromIdp = url.startsWith(gatehouse.url) ? undefined : await browser.get(url);
      const form = fromIdp?.form('SAMLRequest');
      const answer = form ? await frame.post(form.action, form.fields, idp.ssoUrl) : await frame.get(url);
      if (answer.status === 303) return browser.get(text(answer.location));
      expect(framersOf(answer)).toEqual([new URL(idp.ssoUrl).origin]);
      const { action, fields } = answer.form('SAMLResponse');
      return browser.post(action, fields, gatehouse.url);
    }

    it.each(bindings)(
      'in one window by %s: ends our session, and is answered [SML-11] [SES-3]',
      async (binding) => {
        await acme.speakLogout(binding);
        const person = await signedIn();
        await person.browser.get(premises.idp.idpInitiatedLogoutUrl());
        const page = await pressOn(person.browser);
        expect(page.url).toBe(premises.idp.signedOutUrl);
        const [received, answered] = carriedLogouts(person.browser);
        expect([received, answered]).toEqual(
          binding === 'redirect'
            ? ['GET slo SAMLRequest', 'GET SingleLogoutService.php SAMLResponse']
            : ['POST slo', 'POST SingleLogoutService.php'],
        );
        expect((await acme.latest('logout.received'))['data']).toMatchObject({ sessions: 1 });
        await expectSignedOut(person);
        expect(await isKnownAtIdp(person.browser)).toBe(false);
      },
    );

    it.each(bindings)(
      'in frames by %s, without cookies: ends our session, and it notes the success [SML-11] [SEC-2]',
      async (binding) => {
        await acme.speakLogout(binding, 'iframe');
        const { browser, ...tokens } = await signedIn();
        await browser.get(premises.idp.idpInitiatedLogoutUrl());
        const overview = await browser.submit(browser.page.form('ok'));
        const [url = ''] = framesOf(overview).filter((src) => !src.includes('type=embed'));
        const done = await inFrame(browser, url);
        expect(done.text).toContain('window.parent.logoutCompleted(');
        expect((await acme.latest('logout.received'))['data']).toMatchObject({ sessions: 1 });
        const [embedded = ''] = framesOf(overview).filter((src) => src.includes('type=embed'));
        expect((await browser.get(embedded)).text).toContain('logout-completed">');
        await expectSignedOut({ browser, ...tokens });
        expect(await isKnownAtIdp(browser)).toBe(false);
      },
    );

    it('is refused as SimpleSAMLphp is installed, unsigned, and ends nothing [SML-11]', async () => {
      await acme.speakLogout('redirect');
      await premises.idp.setDialect({ signedLogout: false });
      const { browser, accessToken } = await signedIn();
      const page = await browser.get(premises.idp.idpInitiatedLogoutUrl());
      await premises.idp.setDialect({ signedLogout: true });
      expect([page.status, page.text]).toEqual([403, expect.stringContaining('saml_signature_missing')]);
      expect(await acme.lastCode('logout.refused')).toBe('saml_signature_missing');
      expect(await userinfo(accessToken)).toBe(200);
    });
  });

  describe('of two companies with one identity provider', () => {
    let beta: SimpleSamlPhpCompany;

    beforeAll(async () => {
      await acme.speakLogout('redirect');
      const settings = {
        nameIdFormat: 'persistent',
        attributes: {
          ...{ email: ['otherMail'], firstName: ['givenName'], lastName: ['sn'] },
          ...{ displayName: [], groups: ['groups'] },
        },
      };
      beta = await SimpleSamlPhpCompany.connected(premises, 'beta', 'ana@beta.example', { settings });
    });

    /** One browser, signed in to the one company and then to the other, without a second password. */
    async function signedInToBoth() {
      const first = await signedIn();
      const finish = await beta.start(first.browser);
      const { profile, session } = await finish(await beta.deliver(first.browser));
      expect(profile.email).toBe('ben@beta.example');
      const accessToken = premises.accessTokens.at(-1) ?? '';
      return { first, second: { ...first, idToken: text(session.idToken), accessToken } };
    }

    it('ends both where it begins at the application of one [SML-11] [SES-2] [SEC-3]', async () => {
      const { first, second } = await signedInToBoth();
      const bystander = await signedIn();
      expect((await signOut(second)).location).toBe(`${goodbye}?state=s1`);
      expect(carriedLogouts(first.browser)).toEqual([
        'GET SingleLogoutService.php SAMLRequest',
        'GET slo SAMLRequest',
        'GET SingleLogoutService.php SAMLResponse',
        'GET slo SAMLResponse',
      ]);
      expect([await userinfo(first.accessToken), await userinfo(second.accessToken)]).toEqual([401, 401]);
      expect((await acme.latest('logout.received'))['data']).toMatchObject({ sessions: 1 });
      expect((await beta.latest('logout.answered'))['data']).toMatchObject({ status: `${status}Success` });
      expect(await userinfo(bystander.accessToken)).toBe(200);
    });

    it('ends both where it begins there, each by its own name for the person [SML-11] [SML-8]', async () => {
      const { first, second } = await signedInToBoth();
      const page = await first.browser.get(premises.idp.idpInitiatedLogoutUrl());
      expect(page.url).toBe(premises.idp.signedOutUrl);
      expect([await userinfo(first.accessToken), await userinfo(second.accessToken)]).toEqual([401, 401]);
      for (const company of [acme, beta])
        expect((await company.latest('logout.received'))['data']).toMatchObject({ sessions: 1 });
    });
  });
});
