import { X509Certificate } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { HttpBrowser, type Page } from '../http-browser';
import { generateKeyAndCertificate } from '../saml-idp/key-and-certificate';
import { AcsCatcher, type CaughtResponse } from './acs-catcher';
import { attributeOf, decryptAssertion, nameIdOf, signedElements, textsOf } from './response-facts';
import { ana, ben, nameIdFormats, startSimpleSamlPhp, whyNoSimpleSamlPhp } from './index';
import type { Person, SimpleSamlPhp } from './index';

const entityId = 'https://sso.example/saml/conn_1';
const postBinding = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST';
const reason = whyNoSimpleSamlPhp();
if (reason !== undefined) console.warn(`SKIPPED: ${reason}`);
const describeWithSimpleSamlPhp = reason === undefined ? describe : describe.skip;

describeWithSimpleSamlPhp(`SimpleSAMLphp as the identity provider${reason ? ` (${reason})` : ''}`, () => {
  let idp: SimpleSamlPhp;
  let catcher: AcsCatcher;

  beforeAll(async () => {
    catcher = await AcsCatcher.start();
    idp = await startSimpleSamlPhp({ serviceProviders: [{ entityId, acsUrl: catcher.acsUrl }] });
  }, 30_000);

  afterAll(async () => {
    await idp?.stop();
    await catcher?.stop();
  });

  /** SAML Bindings 3.4.4.1: deflated without a zlib header, then base64, then form-encoded. */
  function ask(browser: HttpBrowser, { issuer = entityId, extra = '' } = {}): Promise<Page> {
    const request =
      `<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_request1" Version="2.0" ` +
      `IssueInstant="${new Date().toISOString()}" AssertionConsumerServiceURL="${catcher.acsUrl}" ${extra}>` +
      `<saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${issuer}</saml:Issuer></samlp:AuthnRequest>`;
    const SAMLRequest = deflateRawSync(request).toString('base64');
    return browser.get(`${idp.ssoUrl}?${new URLSearchParams({ SAMLRequest, RelayState: 'relay-1' })}`);
  }

  async function signIn(person: Person, issuer = entityId, browser = aBrowser()): Promise<CaughtResponse> {
    const page = await ask(browser, { issuer });
    await browser.submit(page.form('username'), { username: person.username, password: person.password });
    return deliver(browser);
  }

  async function deliver(browser: HttpBrowser): Promise<CaughtResponse> {
    await browser.submit(browser.page.form('SAMLResponse'));
    return catcher.take();
  }

  it('serves metadata with its entity ID and its certificate [CON-2]', async () => {
    const metadata = (await aBrowser().get(idp.metadataUrl)).text;
    expect(metadata).toContain(`entityID="${idp.entityId}"`);
    expect(metadata).toContain(`Location="${idp.ssoUrl}"`);
    const certificates = new Set(textsOf(metadata, 'X509Certificate').map((body) => body.replace(/\s/g, '')));
    expect([...certificates]).toEqual([new X509Certificate(idp.certificatePem).raw.toString('base64')]);
  });

  it('posts back a response whose two signatures hold, to the request that asked [SML-1] [SML-3]', async () => {
    const { xml, relayState } = await signIn(ana);
    expect(relayState).toBe('relay-1');
    expect(xml).toMatch(/<samlp:Response [^>]*InResponseTo="_request1"/);
    expect(signedElements(xml, idp.certificatePem)).toEqual(['Assertion', 'Response']);
    expect(nameIdOf(xml)).toEqual({ format: nameIdFormats.emailAddress, value: ana.mail });
    expect(attributeOf(xml, 'givenName')).toEqual(['Ana']);
    expect(attributeOf(xml, 'groups')).toEqual(['staff', 'engineering']);
  });

  it('answers a wrong password with its form again', async () => {
    const browser = aBrowser();
    const form = (await ask(browser)).form('username');
    const answer = await browser.submit(form, { username: 'ana', password: ben.password });
    expect(new URL(answer.url).pathname).toBe(idp.signInPath);
    expect(answer.text).toContain('Incorrect username or password');
  });

  it('asks somebody who is signed in again only when the request forces it', async () => {
    const browser = aBrowser();
    await signIn(ana, entityId, browser);
    await ask(browser);
    expect(nameIdOf((await deliver(browser)).xml).value).toBe(ana.mail);
    const forced = await ask(browser, { extra: 'ForceAuthn="true"' });
    expect(new URL(forced.url).pathname).toBe(idp.signInPath);
  });

  it('answers service providers that are added while it runs, by address or by metadata', async () => {
    const [byAddress, byMetadata] = ['https://sso.example/saml/conn_2', 'https://sso.example/saml/conn_3'];
    const { acsUrl } = catcher;
    await idp.addServiceProvider({ entityId: byAddress, acsUrl });
    await idp.addServiceProvider({
      entityId: byMetadata,
      acsUrl,
      metadataXml: metadataOf(byMetadata, acsUrl),
    });
    for (const added of [byAddress, byMetadata]) {
      expect(textsOf((await signIn(ben, added)).xml, 'Audience')).toEqual([added]);
    }
  });

  it('refuses a service provider that it does not know', async () => {
    const page = await ask(aBrowser(), { issuer: 'https://stranger.example' });
    expect(page.text).toContain('Metadata not found');
    expect(page.text).toContain('https://stranger.example');
  });

  it('starts a sign-in that no request asked for [SML-2]', async () => {
    const browser = aBrowser();
    await signIn(ben, entityId, browser);
    await browser.get(idp.idpInitiatedUrl(entityId, 'from-the-idp'));
    const { xml, relayState } = await deliver(browser);
    expect(relayState).toBe('from-the-idp');
    expect(xml).not.toContain('InResponseTo');
  });

  it('changes what it signs and how it names people from the next request on [SML-8]', async () => {
    await idp.setDialect({ signResponse: false, nameIdFormat: 'persistent' });
    const first = (await signIn(ana)).xml;
    const second = (await signIn(ana)).xml;
    await idp.setDialect({ signResponse: true, signAssertion: false, nameIdFormat: 'emailAddress' });
    const third = (await signIn(ana)).xml;
    await idp.setDialect({ signAssertion: true });
    expect(signedElements(first, idp.certificatePem)).toEqual(['Assertion']);
    expect(nameIdOf(first)).toEqual({ format: nameIdFormats.persistent, value: nameIdOf(second).value });
    expect(nameIdOf(first).value).toMatch(/^[0-9a-f]{40}$/);
    expect(signedElements(third, idp.certificatePem)).toEqual(['Response']);
  });

  it('encrypts the assertion to the key in the metadata of the service provider [SML-9]', async () => {
    const encrypted = 'https://sso.example/saml/conn_4';
    const key = generateKeyAndCertificate();
    const metadataXml = metadataOf(encrypted, catcher.acsUrl, key.certificatePem);
    await idp.addServiceProvider({ entityId: encrypted, acsUrl: catcher.acsUrl, metadataXml });
    await idp.setDialect({ encryptAssertion: true });
    const { xml } = await signIn(ana, encrypted);
    await idp.setDialect({ encryptAssertion: false });
    expect(textsOf(xml, 'NameID')).toEqual([]);
    expect(nameIdOf(decryptAssertion(xml, key.privateKeyPem)).value).toBe(ana.mail);
  });
});

function aBrowser(): HttpBrowser {
  return new HttpBrowser();
}

function metadataOf(id: string, acsUrl: string, certificatePem?: string): string {
  return (
    `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${id}">` +
    `<SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">` +
    (certificatePem === undefined ? '' : keyDescriptor(certificatePem)) +
    `<AssertionConsumerService index="0" Binding="${postBinding}" Location="${acsUrl}"/>` +
    `</SPSSODescriptor></EntityDescriptor>`
  );
}

function keyDescriptor(certificatePem: string): string {
  const body = new X509Certificate(certificatePem).raw.toString('base64');
  return (
    `<KeyDescriptor use="encryption"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data>` +
    `<X509Certificate>${body}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>`
  );
}
