import type { HttpBrowser, Page } from '@gatehouse/tools/http-browser';
import { ben } from '@gatehouse/tools/simplesamlphp';
import { text } from '../gatehouse';
import {
  describeWithSimpleSamlPhp,
  openPremises,
  SimpleSamlPhpCompany,
  type Premises,
} from '../simplesamlphp-company';

const complaint = 'no signature found on message';

describeWithSimpleSamlPhp('SimpleSAMLphp, asked to sign somebody in', () => {
  let premises: Premises;
  let acme: SimpleSamlPhpCompany;

  beforeAll(async () => {
    premises = await openPremises();
    acme = await SimpleSamlPhpCompany.connected(premises);
  }, 60_000);

  afterAll(() => premises?.close());

  /** What it shows for a request of ours. */
  async function ask(browser: HttpBrowser): Promise<Page> {
    await acme.start(browser);
    const isPosted = browser.page.forms.some(({ fields }) => 'SAMLRequest' in fields);
    return isPosted ? browser.submit(browser.page.form('SAMLRequest')) : browser.page;
  }

  async function signIn(): Promise<string> {
    const browser = acme.aBrowser();
    const finish = await acme.start(browser);
    if (browser.page.url.startsWith(premises.gatehouse.url))
      await browser.submit(browser.page.form('SAMLRequest'));
    return (await finish(await acme.atIdp(browser, ben))).profile.email;
  }

  describe.each(['validate.authnrequest', 'redirect.validate'] as const)('with %s', (requestValidation) => {
    beforeAll(async () => {
      await premises.idp.setDialect({ requestValidation });
      // Our metadata says whether we sign, which SimpleSAMLphp puts before its own setting: this administrator took it out.
      await acme.tellIdp((metadata) => metadata.replace(/ AuthnRequestsSigned="\w+"/, ''));
    });

    afterAll(async () => {
      await premises.idp.setDialect({ requestValidation: 'none' });
      await readMetadataAgain();
      await acme.set({ requestBinding: 'auto' });
    });

    it.each(['redirect', 'post'])(
      'refuses a request by %s that we did not sign [SML-1] [CON-12]',
      async (requestBinding) => {
        await acme.set({ requestBinding });
        const page = await ask(acme.aBrowser());
        expect(page.url.startsWith(premises.idp.ssoUrl)).toBe(true);
        expect(page.text).toContain(complaint);
      },
    );

    it('says so in its metadata: read again, it makes us sign by either binding at once [SML-1] [CON-5] [CON-6]', async () => {
      const read = await readMetadataAgain();
      expect(read).toMatchObject({ state: 'enabled', version: 1 });
      expect(read['pendingVersion']).toBeUndefined();
      for (const requestBinding of ['redirect', 'post']) {
        await acme.set({ requestBinding });
        expect(await signIn()).toBe(ben.mail);
      }
      await acme.tellIdp((metadata) => {
        expect(metadata).toContain('AuthnRequestsSigned="true"');
        return metadata;
      });
    });

    it('refuses a signed request by redirect that was changed on its way [SML-1]', async () => {
      await acme.set({ requestBinding: 'redirect' });
      const browser = acme.aBrowser((next) => next.startsWith(premises.idp.ssoUrl));
      await acme.start(browser);
      const sent = text(browser.page.location);
      expect((await browser.get(sent)).form('username').action).toContain(premises.idp.signInPath);
      const page = await browser.get(
        sent.replace('&SigAlg=', '&RelayState=https%3A%2F%2Fevil.example&SigAlg='),
      );
      expect(page.text).toContain('Unable to validate signature');
    });

    it('refuses a signed request by post that was changed on its way [SML-1]', async () => {
      await acme.set({ requestBinding: 'post' });
      const browser = acme.aBrowser();
      await acme.start(browser);
      const form = browser.page.form('SAMLRequest');
      const sent = Buffer.from(form.fields['SAMLRequest'] ?? '', 'base64').toString();
      const bent = sent.replace('AllowCreate="true"', 'AllowCreate="false"');
      expect(sent).toContain('<ds:Signature ');
      expect(bent).not.toBe(sent);
      const page = await browser.submit(form, { SAMLRequest: Buffer.from(bent).toString('base64') });
      expect(page.text).toContain(complaint);
      expect(page.forms.some(({ fields }) => 'username' in fields)).toBe(false);
    });
  });

  async function readMetadataAgain() {
    return acme.did('PATCH', '', { metadataUrl: premises.idp.metadataUrl });
  }

  it('verifies requests once our metadata says that they are signed, until we stop [SML-1] [CON-5] [CON-12]', async () => {
    await acme.set({ signRequests: true });
    await acme.tellIdp();
    for (const requestBinding of ['redirect', 'post']) {
      await acme.set({ requestBinding, signRequests: true });
      expect(await signIn()).toBe(ben.mail);
      await acme.set({ signRequests: false });
      expect((await ask(acme.aBrowser())).text).toContain(complaint);
    }
    await acme.tellIdp();
    expect(await signIn()).toBe(ben.mail);
    await acme.set({ requestBinding: 'auto' });
  });

  describe('by nobody: a sign-in that begins in its own portal', () => {
    beforeAll(async () => {
      const { gatehouse, application } = premises;
      const initiateLoginUri = `${application.appUrl}/auth/initiate`;
      await gatehouse.did('PATCH', `applications/${application.id}`, { initiateLoginUri });
    });

    /** Somebody follows the link to us in the portal, and gives name and password there. */
    async function arrive(browser: HttpBrowser, relayState?: string): Promise<Page> {
      await browser.get(premises.idp.idpInitiatedUrl(await acme.own('entityId'), relayState));
      await acme.giveNameAndPassword(browser, ben);
      return acme.deliver(browser);
    }

    /** What the application does at its address for this: the SDK checks who asks. */
    async function initiate(browser: HttpBrowser, { location }: Page) {
      const { sso, redirectUri, appUrl } = premises.application;
      const asked = new URL(text(location));
      expect(asked.origin + asked.pathname).toBe(`${appUrl}/auth/initiate`);
      const issuer = asked.searchParams.get('iss') ?? undefined;
      const connection = asked.searchParams.get('connection') ?? undefined;
      const { url, sealedState } = await sso.signIn.initiate({ issuer, connection, redirectUri });
      await browser.get(url);
      return () => sso.signIn.finish({ callbackUrl: text(browser.page.location), sealedState, redirectUri });
    }

    it('is refused where the connection says off, and says what to do [SML-2]', async () => {
      await acme.set({ idpInitiated: 'off' });
      const before = await premises.gatehouse.count('acme');
      const page = await arrive(acme.aBrowser());
      expect([page.status, page.text]).toEqual([
        403,
        expect.stringContaining('open the application and sign in there'),
      ]);
      expect(await acme.lastCode('sign_in.refused')).toBe('saml_unsolicited_disabled');
      expect(await premises.gatehouse.count('acme')).toEqual(before);
    });

    it('only begins ours where it says bounce, and no password is asked for twice [SML-2] [APP-1]', async () => {
      await acme.set({ idpInitiated: 'bounce' });
      const { signIns } = await premises.gatehouse.count('acme');
      const browser = acme.aBrowser();
      const finish = await initiate(browser, await arrive(browser));
      const answer = Buffer.from(browser.page.form('SAMLResponse').fields['SAMLResponse'] ?? '', 'base64');
      expect(answer.toString()).toMatch(/<samlp:Response [^>]*InResponseTo="_/);
      expect((await premises.gatehouse.count('acme'))['signIns']).toBe(signIns);
      await acme.deliver(browser);
      expect((await finish()).profile.email).toBe(ben.mail);
    });

    it('goes on to the application where it says accept, and is taken once [SML-2] [SML-7]', async () => {
      await acme.set({ idpInitiated: 'accept' });
      const browser = acme.aBrowser();
      await browser.get(premises.idp.idpInitiatedUrl(await acme.own('entityId')));
      await acme.giveNameAndPassword(browser, ben);
      const form = browser.page.form('SAMLResponse');
      const finish = await initiate(browser, await browser.submit(form));
      const { profile, session } = await finish();
      expect([profile.email, session.connection]).toEqual([ben.mail, acme.connection]);
      expect(await acme.latest('sign_in.succeeded')).toMatchObject({ data: { idpInitiated: true } });
      const again = await acme.aBrowser().post(form.action, form.fields, premises.idp.ssoUrl);
      expect([again.status, again.text]).toEqual([403, expect.stringContaining('saml_replay')]);
    });

    it('goes to the application that RelayState names, and never to an address in it [SML-1] [SML-2]', async () => {
      const other = await premises.gatehouse.application('http://localhost:10');
      const initiateLoginUri = `${other.appUrl}/start`;
      await premises.gatehouse.did('PATCH', `applications/${other.id}`, { initiateLoginUri });
      const named = await arrive(acme.aBrowser(), other.id);
      expect(text(named.location)).toMatch(`${other.appUrl}/start?iss=`);
      const choice = await arrive(acme.aBrowser(), 'https://evil.example/');
      expect(choice.text).not.toContain('evil.example');
      for (const { appUrl } of [premises.application, other])
        expect(choice.text).toContain(`href="${appUrl}/`);
    });
  });
});
