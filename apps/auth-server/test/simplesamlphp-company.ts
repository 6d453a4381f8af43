import { HttpBrowser, type Page } from '@gatehouse/tools/http-browser';
import {
  ana,
  ben,
  startSimpleSamlPhp,
  whyNoSimpleSamlPhp,
  type Person,
  type SimpleSamlPhp,
  type SimpleSamlPhpOptions,
} from '@gatehouse/tools/simplesamlphp';
import { asRecord, Gatehouse, text } from './gatehouse';

/** `describe`, or where SimpleSAMLphp (or what else is needed) cannot be had `describe.skip` with the reason, which is printed too. */
export function describeWithSimpleSamlPhp(title: string, tests: () => void, whyNot?: string): void {
  const reason = whyNoSimpleSamlPhp() ?? whyNot;
  if (reason === undefined) return describe(title, tests);
  process.stderr.write(`SKIPPED: ${reason}\n`);
  describe.skip(`${title} (${reason})`, tests);
}

type Application = Awaited<ReturnType<Gatehouse['application']>>;

/** A running Gatehouse, an application of it, and the identity provider. */
export interface Premises {
  readonly gatehouse: Gatehouse;
  readonly idp: SimpleSamlPhp;
  readonly application: Application;
  /** The access tokens that the application was given, the newest last. */
  readonly accessTokens: readonly string[];
  readonly close: () => Promise<void>;
}

/** Where the application wants people to be after signing out. */
export const goodbye = 'http://localhost:9/bye';

/** Ana owns both companies, Ben works for both: one account at the identity provider, an address for each company. */
export const people = [
  { ...ana, otherMail: 'ana@beta.example' },
  { ...ben, otherMail: 'ben@beta.example' },
];

export async function openPremises(options: Partial<SimpleSamlPhpOptions> = {}): Promise<Premises> {
  const idp = await startSimpleSamlPhp({ serviceProviders: [], people, ...options });
  try {
    return await openWith(idp);
  } catch (cause) {
    // Left open, it would keep Jest waiting and hide the reason.
    await idp.stop();
    throw cause;
  }
}

async function openWith(idp: SimpleSamlPhp): Promise<Premises> {
  const gatehouse = await Gatehouse.start({ allowedPrivateHosts: [new URL(idp.metadataUrl).host] });
  const accessTokens: string[] = [];
  const sdk = { fetch: keepTokens(accessTokens) };
  const application = await gatehouse.application('http://localhost:9', sdk, [goodbye]);
  const close = async () => {
    await gatehouse.stop();
    await idp.stop();
  };
  return { gatehouse, idp, application, accessTokens, close };
}

// The SDK has no use for access tokens; the tests ask userinfo with them.
function keepTokens(kept: string[]): typeof globalThis.fetch {
  return async (input, init) => {
    const answer = await fetch(input, init);
    if (!new Request(input).url.endsWith('/token')) return answer;
    const body: unknown = await answer.clone().json();
    kept.push(text(asRecord(body)['access_token']));
    return answer;
  };
}

/** A tenant of ours whose people sign in at SimpleSAMLphp. */
export class SimpleSamlPhpCompany {
  connection = '';

  constructor(
    readonly premises: Premises,
    readonly slug: string,
    private readonly owner: string,
  ) {}

  /** A company whose connection is tested and switched on. */
  static async connected(
    premises: Premises,
    slug = 'acme',
    owner = ana.mail,
    more: object = {},
  ): Promise<SimpleSamlPhpCompany> {
    const company = new SimpleSamlPhpCompany(premises, slug, owner);
    await company.register();
    await company.connect(more);
    await company.tellIdp();
    await company.test();
    await company.did('POST', '/enable');
    return company;
  }

  async register(): Promise<void> {
    const { gatehouse } = this.premises;
    await gatehouse.did('POST', 'tenants', { slug: this.slug, name: this.slug });
    await gatehouse.did('POST', `tenants/${this.slug}/members`, { email: this.owner, role: 'owner' });
    const name = `${this.slug}.example`;
    const claim = await gatehouse.did('POST', `tenants/${this.slug}/domains`, { name });
    const proof = asRecord(claim['proof']);
    gatehouse.dns.set(text(proof['name']), 'TXT', [text(proof['value'])]);
    await gatehouse.did('POST', `tenants/${this.slug}/domains/${text(claim['id'])}/verify`);
  }

  async connect(more: object = {}): Promise<Readonly<Record<string, unknown>>> {
    const { gatehouse, idp } = this.premises;
    const wanted = { label: 'SimpleSAMLphp', metadataUrl: idp.metadataUrl, ...more };
    const made = await gatehouse.did('POST', `tenants/${this.slug}/connections`, wanted);
    this.connection = text(made['id']);
    return made;
  }

  did(method: string, rest = '', body?: unknown): Promise<Readonly<Record<string, unknown>>> {
    const path = `tenants/${this.slug}/connections/${this.connection}${rest}`;
    return this.premises.gatehouse.did(method, path, body);
  }

  set(settings: object): Promise<Readonly<Record<string, unknown>>> {
    return this.did('PATCH', '', { settings });
  }

  async own(name: 'entityId' | 'acsUrl' | 'sloUrl' | 'metadataUrl'): Promise<string> {
    return text(asRecord((await this.did('GET'))['serviceProvider'])[name]);
  }

  /** Gives the identity provider our metadata, as its administrator would, who may have bent it. */
  async tellIdp(bent = (metadata: string) => metadata): Promise<void> {
    const metadata = (await new HttpBrowser().get(await this.own('metadataUrl'))).text;
    await this.premises.idp.addServiceProvider({ ...(await this.addresses()), metadataXml: bent(metadata) });
  }

  /** Logout by this binding only, on both sides; what changes in its metadata is tested and promoted. */
  async speakLogout(binding: 'redirect' | 'post', logoutHandler: 'traditional' | 'iframe' = 'traditional') {
    const { idp } = this.premises;
    await idp.setDialect({ logoutBindings: [binding], logoutHandler });
    const { pendingVersion } = await this.did('PATCH', '', { metadataUrl: idp.metadataUrl });
    if (pendingVersion !== undefined) await this.promote({});
    await this.tellIdp(binding === 'post' ? withoutRedirectedLogout : undefined);
  }

  /** Only our two addresses: then SimpleSAMLphp signs as it is set, and not as our metadata wants. */
  async tellIdpByHand(): Promise<void> {
    await this.premises.idp.addServiceProvider(await this.addresses());
  }

  private async addresses() {
    return { entityId: await this.own('entityId'), acsUrl: await this.own('acsUrl') };
  }

  /** A change that only a test and a promotion bring to everybody; `who` must own the company. */
  async promote(change: object, who = ana): Promise<void> {
    const { pendingVersion } = await this.did('PATCH', '', change);
    const page = await this.test(who);
    if (!page.text.includes('The test passed')) throw new Error(`The test failed: ${page.text}`);
    await this.did('POST', `/versions/${String(pendingVersion)}/promote`);
  }

  async test(who = ana, browser = this.aBrowser()): Promise<Page> {
    await this.startTest(browser);
    return this.atIdp(browser, who);
  }

  async startTest(browser: HttpBrowser): Promise<Page> {
    return browser.get(text((await this.did('POST', '/tests'))['startUrl']));
  }

  /** Goes between us and the identity provider, and stops at the door of every application. */
  aBrowser(halts: (next: string) => boolean = () => false): HttpBrowser {
    const { gatehouse, idp } = this.premises;
    const hosts = [gatehouse.url, idp.ssoUrl].map((url) => new URL(url).host);
    return new HttpBrowser({ follow: (next) => hosts.includes(new URL(next).host) && !halts(next) });
  }

  /** The application begins a sign-in through this connection; the browser goes as far as it can. */
  async start(browser: HttpBrowser, query = '') {
    const { sso, redirectUri } = this.premises.application;
    const { url, sealedState } = await sso.signIn.start({ redirectUri, connection: this.connection });
    await browser.get(`${url}${query}`);
    return async (page: Page) =>
      sso.signIn.finish({ callbackUrl: text(page.location), sealedState, redirectUri });
  }

  async giveNameAndPassword(browser: HttpBrowser, { username, password }: Person): Promise<Page> {
    return browser.submit(browser.page.form('username'), { username, password });
  }

  deliver(browser: HttpBrowser): Promise<Page> {
    return browser.submit(browser.page.form('SAMLResponse'));
  }

  async atIdp(browser: HttpBrowser, who: Person): Promise<Page> {
    await this.giveNameAndPassword(browser, who);
    return this.deliver(browser);
  }

  async signIn(who: Person = ben, browser = this.aBrowser()) {
    const finish = await this.start(browser);
    return finish(await this.atIdp(browser, who));
  }

  /** What the person sees who signs in while something is wrong, and the code in the record of the tenant. */
  async refusal(who: Person = ben, browser = this.aBrowser()): Promise<[number, unknown]> {
    await this.start(browser);
    const page = await this.atIdp(browser, who);
    return [page.status, await this.lastCode('sign_in.refused')];
  }

  async lastCode(type: string): Promise<unknown> {
    return asRecord((await this.latest(type))['data'])['code'];
  }

  async latest(type: string): Promise<Readonly<Record<string, unknown>>> {
    const audit = await this.premises.gatehouse.audit(this.slug);
    return asRecord(audit.find((entry) => entry['type'] === type));
  }

  /** Whether the issuer still knows the session of this browser. */
  async isSignedIn(browser: HttpBrowser): Promise<boolean> {
    await this.start(browser, '&prompt=none');
    return new URL(text(browser.page.location)).searchParams.has('code');
  }
}

// What an administrator does whose identity provider should post.
function withoutRedirectedLogout(metadata: string): string {
  return metadata.replace(/<md:SingleLogoutService [^>]*HTTP-Redirect"[^>]*>/, '');
}

/** The message in a form that the page is about to post. */
export function postedXml(page: Page, field: 'SAMLResponse' | 'SAMLRequest' = 'SAMLResponse'): string {
  return Buffer.from(page.form(field).fields[field] ?? '', 'base64').toString();
}

/** What carries a signature of its own in the answer that the page is about to post. */
export function signedParts(page: Page): string[] {
  const parents = postedXml(page).matchAll(/<\/saml:Issuer>(<ds:Signature )?/g);
  return [...parents].flatMap(([, signature], index) =>
    signature === undefined ? [] : [index === 0 ? 'Response' : 'Assertion'],
  );
}
