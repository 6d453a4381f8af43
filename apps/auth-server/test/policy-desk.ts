import type { HtmlForm, HttpBrowser, Page } from '@gatehouse/tools/http-browser';
import type { ResponseChanges } from '@gatehouse/tools/saml-idp';
import { ApiCaller } from './callers';
import { asArray, asRecord, text, type ApiAnswer, type Gatehouse } from './gatehouse';
import { password, secretOn, totpCode, type LocalPeople } from './local-account';
import { Organisation, person } from './organisation';

type Answered = Readonly<Record<string, unknown>>;

/** Somebody who is signed in to the organisation, at a browser and as the API sees it. */
export interface SignedIn {
  readonly browser: HttpBrowser;
  readonly caller: ApiCaller;
  readonly memberId: string;
}

/** A policy as a product documents it, in settings alone: of the policy, the connection and the organisation. */
export interface ReadyMade {
  readonly policy: object;
  readonly connection?: object;
  readonly organisation?: object;
}

/** How the people of one organisation sign in: as its owners set it, and as people then feel it. */
export class PolicyDesk {
  constructor(
    readonly gatehouse: Gatehouse,
    readonly organisation: Organisation,
    readonly people: LocalPeople,
  ) {}

  /** An organisation that was set up, and then given these settings and nothing else. */
  static async furnish(people: LocalPeople, slug: string, settings: ReadyMade): Promise<PolicyDesk> {
    const { gatehouse } = people;
    const desk = new PolicyDesk(gatehouse, await Organisation.setUp(gatehouse, slug), people);
    if (settings.organisation) await gatehouse.did('PATCH', desk.organisation.path, settings.organisation);
    if (settings.connection) await desk.organisation.set(settings.connection);
    await desk.change(settings.policy);
    return desk;
  }

  get path(): string {
    return `${this.organisation.path}/enforcement`;
  }

  async policy(): Promise<Answered> {
    return asRecord((await this.gatehouse.did('GET', this.path))['policy']);
  }

  change(body: object): Promise<Answered> {
    return this.gatehouse.did('PATCH', this.path, body);
  }

  tryChange(body: object): Promise<ApiAnswer> {
    return this.gatehouse.api('PATCH', this.path, body);
  }

  preview(body: object = {}, query = ''): Promise<Answered> {
    return this.gatehouse.did('POST', `${this.path}/preview${query}`, body);
  }

  /** Looks at a preview, and requires single sign-on with it. */
  async require(caller: ApiCaller, settings: object = {}): Promise<ApiAnswer> {
    const { fingerprint } = await this.preview(settings);
    return caller.call('POST', `${this.path}/require`, { fingerprint, ...settings });
  }

  async memberId(email: string): Promise<string> {
    const asked = `${this.organisation.path}/members?q=${encodeURIComponent(email)}`;
    const [found] = asArray((await this.gatehouse.did('GET', asked))['items']);
    return text(asRecord(found)['id']);
  }

  async setSso(email: string, sso: string): Promise<Answered> {
    const id = await this.memberId(email);
    return this.gatehouse.did('PUT', `${this.organisation.path}/members/${id}/sign-in`, { sso });
  }

  async exempt(email: string, exemption: object): Promise<Answered> {
    const id = await this.memberId(email);
    return this.gatehouse.did('PUT', `${this.organisation.path}/members/${id}/exemption`, exemption);
  }

  async explain(email: string, more: object = {}): Promise<Answered> {
    return this.gatehouse.did('POST', `${this.path}/explain`, { email, method: 'password', ...more });
  }

  /** Through the identity provider, to the pages of one's own account; new people become members. */
  async signIn(email: string, changes: ResponseChanges = {}): Promise<SignedIn> {
    const { browser, page } = await this.arrive(email, changes);
    if (page.url !== `${this.gatehouse.url}/account`)
      throw new Error(`${email} did not get in: ${page.status} ${page.text}`);
    return this.signedIn(browser);
  }

  /** Through the identity provider, and how that ended: at one's own account, or at a page with a title. */
  async bySso(email: string, changes: ResponseChanges = {}): Promise<string> {
    const { page } = await this.arrive(email, changes);
    return page.url === `${this.gatehouse.url}/account` ? 'signed in' : titleOf(page);
  }

  private async arrive(email: string, changes: ResponseChanges) {
    const start = `${this.gatehouse.url}/account/sign-in?tenant=${this.organisation.slug}`;
    const asked = await this.organisation.arriveAtIdp(start);
    return { browser: asked.browser, page: await this.organisation.answer(asked, person(email), changes) };
  }

  /** A new member by the identity provider, who is made an owner. */
  async ownerBySso(email = `chief@${this.organisation.domain}`): Promise<SignedIn> {
    const signedIn = await this.signIn(email);
    const path = `${this.organisation.path}/members/${signedIn.memberId}`;
    await this.gatehouse.did('PATCH', path, { role: 'owner' });
    return signedIn;
  }

  /** Types the password, and sets up the second factor, on the pages that test the emergency access. */
  async passDrill({ browser }: SignedIn): Promise<{ readonly page: Page; readonly secret: string }> {
    const asked = await browser.get(`${this.gatehouse.url}/account/drill`);
    const setUp = await browser.submit(asked.form('password'), { password });
    const secret = secretOn(setUp);
    return { secret, page: await browser.submit(setUp.form('code'), { code: totpCode(secret) }) };
  }

  /** An owner by the identity provider who has a password as well; it is set first, because that ends what is open. */
  async ownerWithPassword(email = `chief@${this.organisation.domain}`): Promise<SignedIn> {
    await this.ownerBySso(email);
    await this.people.setPassword(email);
    return this.signIn(email);
  }

  /** An owner who may require single sign-on: here by it, and with a proven way in without it. */
  async readyOwner(): Promise<SignedIn> {
    const owner = await this.ownerWithPassword();
    const { page } = await this.passDrill(owner);
    if (page.status !== 200) throw new Error(`The drill failed: ${page.status} ${page.text}`);
    return owner;
  }

  /** Signs in by a password, and says how it ended: at the application, or at a page with a title. */
  async byPassword(email: string): Promise<string> {
    const { browser } = await this.people.begin();
    const page = await browser.submit(await this.passwordForm(browser), { email, password });
    return page.location?.startsWith(this.people.application.redirectUri) ? 'signed in' : titleOf(page);
  }

  /** A session that a password opened, at the pages of one's own account. */
  async signInByPassword(email: string): Promise<SignedIn> {
    const browser = this.people.browser();
    const page = await browser.submit(await this.passwordForm(browser), { email, password });
    if (page.url !== `${this.gatehouse.url}/account`)
      throw new Error(`${email} did not get in: ${page.status} ${page.text}`);
    return this.signedIn(browser);
  }

  /** On the organisation's own page, or where only some keep a password, on theirs. */
  async passwordForm(browser: HttpBrowser): Promise<HtmlForm> {
    const login = `${this.gatehouse.url}/t/${this.organisation.slug}/login`;
    const page = await browser.get(login);
    const asked = page.text.includes('type="password"') ? page : await browser.get(`${login}/owner`);
    return asked.form('password');
  }

  private async signedIn(browser: HttpBrowser): Promise<SignedIn> {
    const { url } = this.gatehouse;
    const cookie = browser.cookies.header(new URL(url), { method: 'GET', crossSite: false });
    const headers = { cookie, origin: url, 'sec-fetch-site': 'same-origin' };
    const me = await new ApiCaller(this.gatehouse, headers).did('GET', 'me');
    const memberId = text(asRecord(me['member'])['id']);
    return { browser, caller: new ApiCaller(this.gatehouse, headers, memberId), memberId };
  }
}

export function titleOf({ text: markup }: Page): string {
  return /<h1[^>]*>([^<]*)<\/h1>/.exec(markup)?.[1] ?? `no title: ${markup.slice(0, 200)}`;
}
