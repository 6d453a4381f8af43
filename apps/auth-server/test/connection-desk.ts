import type { Page } from '@gatehouse/tools/http-browser';
import {
  generateKeyAndCertificate,
  SamlIdp,
  type Person,
  type ResponseChanges,
} from '@gatehouse/tools/saml-idp';
import { asArray, asRecord, text, type ApiAnswer, type Gatehouse } from './gatehouse';
import { person, type Asked, type Organisation } from './organisation';

type Application = Awaited<ReturnType<Gatehouse['application']>>;

/** An identity provider in code with a key of its own. */
export function anIdp(name: string): SamlIdp {
  const origin = `https://${name}.example`;
  const key = generateKeyAndCertificate({ commonName: name });
  return new SamlIdp({ entityId: `${origin}/entity`, ssoUrl: `${origin}/sso`, key });
}

/** One connection, as its IT admin handles it by API and as people sign in through it. */
export class ConnectionDesk {
  constructor(
    private readonly gatehouse: Gatehouse,
    readonly organisation: Organisation,
    readonly id: string,
    readonly idp: SamlIdp,
  ) {}

  /** A connection that nobody tested yet. */
  static async open(
    gatehouse: Gatehouse,
    organisation: Organisation,
    idp: SamlIdp,
    more: object = {},
  ): Promise<ConnectionDesk> {
    const body = { label: 'Company sign-in', metadataXml: idp.metadata(), ...more };
    const made = await gatehouse.did('POST', `${organisation.path}/connections`, body);
    return new ConnectionDesk(gatehouse, organisation, text(made['id']), idp);
  }

  /** A connection that is tested and switched on. */
  static async enabled(
    gatehouse: Gatehouse,
    organisation: Organisation,
    idp: SamlIdp,
    more: object = {},
  ): Promise<ConnectionDesk> {
    const desk = await ConnectionDesk.open(gatehouse, organisation, idp, more);
    await desk.test();
    await desk.did('POST', '/enable');
    return desk;
  }

  get path(): string {
    return `${this.organisation.path}/connections/${this.id}`;
  }

  call(method: string, rest = '', body?: unknown): Promise<ApiAnswer> {
    return this.gatehouse.api(method, `${this.path}${rest}`, body);
  }

  did(method: string, rest = '', body?: unknown): Promise<Readonly<Record<string, unknown>>> {
    return this.gatehouse.did(method, `${this.path}${rest}`, body);
  }

  async settings(): Promise<Readonly<Record<string, unknown>>> {
    return asRecord((await this.did('GET'))['settings']);
  }

  /** Stops at the identity provider of the version under test. */
  async startTest(query = ''): Promise<Asked> {
    const { startUrl } = await this.did('POST', `/tests${query}`);
    return this.organisation.arriveAtIdp(text(startUrl));
  }

  async test(idp = this.idp, who = person(this.organisation.owner)): Promise<Page> {
    return this.answer(await this.startTest(), who, idp);
  }

  /** A sign-in of the application that names this connection, stopped at the identity provider. */
  async begin({ sso, redirectUri }: Application): Promise<Asked> {
    const { url } = await sso.signIn.start({ redirectUri, connection: this.id });
    return this.organisation.arriveAtIdp(url);
  }

  /** What the browser that waits at the identity provider gets for the answer of `idp`. */
  answer(asked: Asked, who: Person, idp = this.idp, changes: ResponseChanges = {}): Promise<Page> {
    const { acsUrl, form } = idp.respond(asked.question, who, changes);
    return asked.browser.post(acsUrl, { ...form }, idp.ssoUrl);
  }

  async roleOf(email: string | undefined): Promise<unknown> {
    const { items } = await this.gatehouse.did('GET', `${this.organisation.path}/members?limit=200`);
    const member = asArray(items)
      .map(asRecord)
      .find((each) => each['email'] === email);
    return member?.['role'];
  }

  /** Where a sign-in of the application ended: there again, or at a page with a reason. */
  async ending(application: Application, who: Person, changes: ResponseChanges = {}): Promise<string> {
    const page = await this.answer(await this.begin(application), who, this.idp, changes);
    return page.location?.startsWith(application.redirectUri) ? 'signed in' : page.text;
  }

  /** A whole sign-in, up to what the application learns. */
  async signIn(
    { sso, redirectUri }: Application,
    who: Person,
    idp = this.idp,
    changes: ResponseChanges = {},
  ) {
    const { url, sealedState } = await sso.signIn.start({ redirectUri, connection: this.id });
    const page = await this.answer(await this.organisation.arriveAtIdp(url), who, idp, changes);
    const callbackUrl = page.location;
    if (callbackUrl === undefined)
      throw new Error(`The sign-in ended at a page: ${page.status} ${page.text}`);
    return sso.signIn.finish({ callbackUrl, sealedState, redirectUri });
  }
}
