import { setTimeout as wait } from 'node:timers/promises';
import { inflateRawSync, deflateRawSync } from 'node:zlib';
import type { Page } from '@gatehouse/tools/http-browser';
import { ana, ben } from '@gatehouse/tools/simplesamlphp';
import { text } from '../gatehouse';
import {
  describeWithSimpleSamlPhp,
  openPremises,
  postedXml,
  signedParts,
  SimpleSamlPhpCompany,
  type Premises,
} from '../simplesamlphp-company';

describeWithSimpleSamlPhp('SimpleSAMLphp signs people in', () => {
  let premises: Premises;
  let acme: SimpleSamlPhpCompany;

  beforeAll(async () => {
    premises = await openPremises();
    acme = await SimpleSamlPhpCompany.connected(premises);
  }, 60_000);

  afterAll(() => premises?.close());

  it('is connected by its metadata address, tested by an owner and switched on [CON-6] [CON-8]', async () => {
    const beta = new SimpleSamlPhpCompany(premises, 'beta', ana.mail);
    await beta.register();
    const made = await beta.connect();
    expect(made).toMatchObject({ state: 'configured', idp: { entityId: premises.idp.entityId } });
    await beta.tellIdp();
    expect((await beta.test()).text).toContain('The test passed');
    expect(await beta.did('POST', '/enable')).toMatchObject({ state: 'enabled' });
  });

  it('tells the application who somebody is who typed an e-mail address, for as long as it says [LOG-1] [SML-1] [SML-12]', async () => {
    const { sso, redirectUri } = premises.application;
    const { url, sealedState } = await sso.signIn.start({ redirectUri });
    const browser = acme.aBrowser();
    await browser.submit((await browser.get(url)).form('email'), { email: ben.mail });
    const callbackUrl = text((await acme.atIdp(browser, ben)).location);
    const { profile, tenant, session } = await sso.signIn.finish({ callbackUrl, sealedState, redirectUri });
    expect(profile).toMatchObject({ email: ben.mail, name: 'Ben Okafor', groups: [...ben.groups] });
    expect(tenant).toMatchObject({ slug: 'acme' });
    // SessionNotOnOrAfter, eight hours as it is installed.
    expect(session.sessionExpiresAt - session.authTime).toBe(8 * 3600);
    expect(session).toMatchObject({ via: 'saml', connection: acme.connection, user: { role: 'member' } });
  });

  describe('signing', () => {
    const dialects = [
      [['Response'], { signResponse: true, signAssertion: false }],
      [['Assertion'], { signResponse: false, signAssertion: true }],
      [['Response', 'Assertion'], { signResponse: true, signAssertion: true }],
    ] as const;

    beforeAll(() => acme.tellIdpByHand());

    /** What becomes of answers with each of the three ways to sign. */
    async function outcomes(): Promise<unknown[]> {
      const seen = [];
      for (const [parts, dialect] of dialects) {
        await premises.idp.setDialect(dialect);
        const browser = acme.aBrowser();
        const finish = await acme.start(browser);
        await acme.giveNameAndPassword(browser, ben);
        expect(signedParts(browser.page)).toEqual(parts);
        const page = await acme.deliver(browser);
        const signedIn = page.location !== undefined && (await finish(page)).profile.email;
        seen.push(signedIn || [page.status, await acme.lastCode('sign_in.refused')]);
      }
      return seen;
    }

    const refused = [403, 'saml_signature_missing'];
    it.each([
      ['either', ben.mail, ben.mail, ben.mail],
      ['assertion', refused, ben.mail, ben.mail],
      ['response', ben.mail, refused, ben.mail],
      ['both', refused, refused, ben.mail],
    ] as const)(
      'the response, the assertion or both: the policy %s takes what it names [SML-3] [CON-12] [CON-16]',
      async (signaturePolicy, ...expected) => {
        if (signaturePolicy !== 'either') await acme.promote({ settings: { signaturePolicy } });
        expect(await outcomes()).toEqual(expected);
      },
    );

    it('neither: is refused, and nobody is signed in [SML-3]', async () => {
      await acme.promote({ settings: { signaturePolicy: 'either' } });
      await premises.idp.setDialect({ signResponse: false, signAssertion: false });
      const before = await premises.gatehouse.count('acme');
      expect(await acme.refusal()).toEqual(refused);
      await premises.idp.setDialect({ signResponse: true, signAssertion: true });
      expect(await premises.gatehouse.count('acme')).toEqual(before);
    });
  });

  describe('where the connection forces re-authentication', () => {
    beforeAll(() => acme.set({ forceAuthn: true, clockSkewSeconds: 0 }));
    afterAll(() => acme.set({ forceAuthn: false, clockSkewSeconds: 180 }));

    function authnInstant(page: Page): number {
      return Date.parse(/AuthnInstant="([^"]*)"/.exec(postedXml(page))?.[1] ?? '');
    }

    it('asks for the password of somebody it knows already, and vouches for that moment [SES-5]', async () => {
      const browser = acme.aBrowser();
      await acme.signIn(ben, browser);
      const before = Date.now();
      const finish = await acme.start(browser, '&prompt=login');
      expect(new URL(browser.page.url).pathname).toBe(premises.idp.signInPath);
      await acme.giveNameAndPassword(browser, ben);
      expect(authnInstant(browser.page)).toBeGreaterThanOrEqual(Math.floor(before / 1000) * 1000);
      const { session } = await finish(await acme.deliver(browser));
      expect(session.authTime).toBeGreaterThanOrEqual(Math.floor(before / 1000));
    });

    it('and somebody takes the wish out of the request, the session found there is not enough [SES-5]', async () => {
      let halts = false;
      const browser = acme.aBrowser((next) => halts && next.startsWith(premises.idp.ssoUrl));
      await acme.signIn(ben, browser);
      // It writes whole seconds.
      await wait(1_100);
      halts = true;
      await acme.start(browser, '&prompt=login');
      await browser.get(withoutForceAuthn(text(browser.page.location)));
      expect(browser.page.form('SAMLResponse').action).toBe(await acme.own('acsUrl'));
      const page = await acme.deliver(browser);
      expect([page.status, await acme.lastCode('sign_in.refused')]).toEqual([
        403,
        'saml_authentication_stale',
      ]);
    });
  });

  it('asks nobody again whom it knows, where the connection does not force it [SES-5]', async () => {
    const browser = acme.aBrowser();
    await acme.signIn(ben, browser);
    const finish = await acme.start(browser, '&prompt=login');
    expect((await finish(await acme.deliver(browser))).profile.email).toBe(ben.mail);
  });
});

/** What a person with a borrowed browser could do to an unsigned request on its way. */
function withoutForceAuthn(location: string): string {
  const url = new URL(location);
  const sent = inflateRawSync(Buffer.from(url.searchParams.get('SAMLRequest') ?? '', 'base64')).toString();
  const bent = sent.replace(' ForceAuthn="true"', '');
  expect(bent).not.toBe(sent);
  url.searchParams.set('SAMLRequest', deflateRawSync(bent).toString('base64'));
  return url.href;
}
