import { HttpBrowser, type Page } from '@gatehouse/tools/http-browser';
import {
  SamlIdp,
  generateKeyAndCertificate,
  type Person,
  type ResponseChanges,
} from '@gatehouse/tools/saml-idp';
import { asRecord, text, type Gatehouse } from './gatehouse';

const key = generateKeyAndCertificate({ commonName: 'e2e tests' });

export function person(email: string): Person {
  return { nameId: email, email, firstName: 'Ben', lastName: 'Example' };
}

/** One person's way to the identity provider: the browser waits there with our question. */
export interface Asked {
  readonly browser: HttpBrowser;
  readonly question: ReturnType<SamlIdp['readRedirect']>;
}

/** A tenant with a verified domain, an owner and an enabled connection to an identity provider in code. */
export class Organisation {
  readonly idp: SamlIdp;
  connection = '';
  /** Its own host, where it has one: our server is behind it, as behind a proxy. */
  host?: string;
  /** Our own addresses, as the identity provider's console asks for them. */
  serviceProvider = { entityId: '', acsUrl: '', sloUrl: '' };

  constructor(
    private readonly gatehouse: Gatehouse,
    readonly slug: string,
    readonly domain = `${slug}.example`,
  ) {
    const origin = `https://idp.${domain}`;
    const urls = { entityId: `${origin}/entity`, ssoUrl: `${origin}/sso`, sloUrl: `${origin}/slo` };
    this.idp = new SamlIdp({ ...urls, key });
  }

  static async setUp(gatehouse: Gatehouse, slug: string, host?: string): Promise<Organisation> {
    const organisation = new Organisation(gatehouse, slug);
    await organisation.register();
    if (host !== undefined) await organisation.moveTo(host);
    await organisation.verifyDomain();
    await organisation.connect();
    await organisation.test(person(organisation.owner));
    await gatehouse.did('POST', `${organisation.path}/connections/${organisation.connection}/enable`);
    return organisation;
  }

  get path(): string {
    return `tenants/${this.slug}`;
  }

  get owner(): string {
    return `owner@${this.domain}`;
  }

  async register(): Promise<void> {
    await this.gatehouse.did('POST', 'tenants', {
      slug: this.slug,
      name: `${this.slug} Inc.`,
      externalId: `crm-${this.slug}`,
    });
    await this.gatehouse.did('POST', `${this.path}/members`, { email: this.owner, role: 'owner' });
  }

  async moveTo(host: string | null): Promise<void> {
    await this.gatehouse.did('PATCH', this.path, { host });
    if (host !== null) this.host = host;
  }

  /** Claims the domain, publishes the record that the API asks for, and has it checked. */
  async verifyDomain(): Promise<void> {
    const claim = await this.gatehouse.did('POST', `${this.path}/domains`, { name: this.domain });
    const proof = asRecord(claim['proof']);
    this.gatehouse.dns.set(text(proof['name']), 'TXT', [text(proof['value'])]);
    await this.gatehouse.did('POST', `${this.path}/domains/${text(claim['id'])}/verify`);
  }

  async connect(settings: object = {}): Promise<void> {
    const body = { label: 'Company sign-in', metadataXml: this.idp.metadata(), settings };
    const made = await this.gatehouse.did('POST', `${this.path}/connections`, body);
    this.connection = text(made['id']);
    const { entityId, acsUrl, sloUrl } = asRecord(made['serviceProvider']);
    this.serviceProvider = { entityId: text(entityId), acsUrl: text(acsUrl), sloUrl: text(sloUrl) };
  }

  async set(settings: object): Promise<void> {
    await this.gatehouse.did('PATCH', `${this.path}/connections/${this.connection}`, { settings });
  }

  async test(who: Person): Promise<Page> {
    const { startUrl } = await this.gatehouse.did(
      'POST',
      `${this.path}/connections/${this.connection}/tests`,
    );
    const asked = await this.arriveAtIdp(text(startUrl));
    return this.answer(asked, who);
  }

  /** A browser that follows redirects within our server, at the host of the organisation as well. */
  openBrowser(): HttpBrowser {
    const isOwnHost = (url: URL) => url.host === this.host;
    return new HttpBrowser({
      follow: (next) => next.startsWith(this.gatehouse.url) || isOwnHost(new URL(next)),
      through: (url) => (isOwnHost(url) ? this.gatehouse.url : undefined),
    });
  }

  /** Opens an address of ours in a new browser and stops where it leads to the identity provider. */
  async arriveAtIdp(url: string, email?: string): Promise<Asked> {
    const browser = this.openBrowser();
    let page = await browser.get(url);
    if (email !== undefined) page = await browser.submit(page.form('email'), { email });
    return { browser, question: this.idp.readRedirect(text(page.location)) };
  }

  /** Somebody begins in the identity provider's own portal: an answer that nobody here asked for. */
  async initiate(
    browser: HttpBrowser,
    who: Person,
    given: { relayState?: string; changes?: ResponseChanges } = {},
  ): Promise<Page> {
    const { acsUrl, entityId: issuer } = this.serviceProvider;
    const { relayState, changes } = given;
    const to = { acsUrl, issuer, ...(relayState === undefined ? {} : { relayState }) };
    const { form } = this.idp.initiate(to, who, changes);
    return browser.post(acsUrl, { ...form }, this.idp.ssoUrl);
  }

  /** What the identity provider posts; `changes` bend it. */
  respond({ question }: Asked, who: Person, changes: ResponseChanges = {}) {
    return this.idp.respond(question, who, changes);
  }

  async answer(asked: Asked, who: Person, changes: ResponseChanges = {}): Promise<Page> {
    const { acsUrl, form } = this.respond(asked, who, changes);
    return asked.browser.post(acsUrl, { ...form }, this.idp.ssoUrl);
  }
}
