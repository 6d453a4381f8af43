import type { Person } from '@gatehouse/tools/saml-idp';
import type { Page } from '@gatehouse/tools/http-browser';
import { describeDatabase } from '@gatehouse/core-postgres';
import { asArray, asRecord, text, type Gatehouse } from './gatehouse';
import { Organisation, person } from './organisation';

type Json = Readonly<Record<string, unknown>>;

/** As the new identity provider names a person: by a number that the old one never knew. */
export function renamed(email: string, nameId = `uid-of-${email}`): Person {
  return { ...person(email), nameId };
}

/** A tenant with two identity providers: everybody came in by the old one, and is to go to the new one. */
export class MovingTenant {
  private constructor(
    private readonly gatehouse: Gatehouse,
    private readonly application: Awaited<ReturnType<Gatehouse['application']>>,
    readonly old: Organisation,
    readonly next: Organisation,
  ) {}

  static async setUp(gatehouse: Gatehouse, slug: string): Promise<MovingTenant> {
    const old = await Organisation.setUp(gatehouse, slug);
    const next = await MovingTenant.anotherIdp(gatehouse, old, `next.${slug}.example`);
    return new MovingTenant(gatehouse, await gatehouse.application(), old, next);
  }

  /** One more enabled connection of the same tenant, to an identity provider at this domain. */
  static async anotherIdp(gatehouse: Gatehouse, old: Organisation, domain: string): Promise<Organisation> {
    const next = new Organisation(gatehouse, old.slug, domain);
    await next.connect({ jit: false });
    await next.test(person(old.owner));
    await gatehouse.did('POST', `${next.path}/connections/${next.connection}/enable`);
    return next;
  }

  get moves(): string {
    return `${this.next.path}/connections/${this.next.connection}/moves`;
  }

  /** Answers with the page at which the person ends. */
  async arrive(at: Organisation, who: Person): Promise<{ page: Page; finish: () => Promise<string> }> {
    await this.gatehouse.did('POST', `${at.path}/connections/${at.connection}/make-primary`);
    const { sso, redirectUri } = this.application;
    const { url, sealedState } = await sso.signIn.start({ redirectUri, tenant: at.slug });
    const page = await at.answer(await at.arriveAtIdp(url), who);
    const finish = async () => {
      const callbackUrl = text(page.location);
      return (await sso.signIn.finish({ callbackUrl, sealedState, redirectUri })).profile.id;
    };
    return { page, finish };
  }

  /** A sign-in that must succeed; answers with whom the application sees. */
  async signIn(at: Organisation, who: Person): Promise<string> {
    return (await this.arrive(at, who)).finish();
  }

  /** A sign-in that must be refused; answers with its page. */
  async refused(at: Organisation, who: Person): Promise<string> {
    const { page } = await this.arrive(at, who);
    if (page.status < 400) throw new Error(`${who.nameId} came in: ${page.status} ${String(page.location)}`);
    return page.text;
  }

  /** A sign-in that leads to an account: a code from its mailbox is asked for, nothing is linked and nobody is in. */
  async askedForCode(at: Organisation, who: Person): Promise<string> {
    const before = await this.letIn();
    const { page } = await this.arrive(at, who);
    const isAsked = page.status === 200 && page.url.includes('/link/confirm/');
    if (!isAsked) throw new Error(`${who.nameId} was not asked: ${page.status} ${page.url}`);
    const after = await this.letIn();
    if (after !== before) throw new Error(`${who.nameId} came in, or was linked, without an answer`);
    return page.text;
  }

  private async letIn(): Promise<number> {
    const audit = await this.gatehouse.audit(this.old.slug);
    const types: unknown[] = ['sign_in.succeeded', 'member.linked', 'member.relinked'];
    return audit.filter(({ type }) => types.includes(type)).length;
  }

  preview(body: object = {}): Promise<Json> {
    return this.gatehouse.did('POST', `${this.moves}/preview`, { from: this.old.connection, ...body });
  }

  /** Approves what the preview says just now. */
  async approve(body: object = {}): Promise<Json> {
    const { follows: confirm } = await this.preview(body);
    return this.gatehouse.did('POST', this.moves, { from: this.old.connection, ...body, confirm });
  }

  async move(id: unknown): Promise<Json> {
    return this.gatehouse.did('GET', `${this.moves}/${text(id)}`);
  }

  /** The line of a member in a preview or a move. */
  async line(shown: Json, email: string): Promise<Json | undefined> {
    const members = asArray(asRecord(shown['members'])['items']).map(asRecord);
    return members.find((each) => each['email'] === email);
  }

  async memberId(email: string): Promise<string> {
    const { items } = await this.gatehouse.did('GET', `${this.old.path}/members`);
    const found = asArray(items)
      .map(asRecord)
      .find((each) => each['email'] === email);
    return text(found?.['id']);
  }

  /** What no route does yet, done to the tenant's own rows. */
  async change(sql: string, values: unknown[]): Promise<void> {
    const tenant = await this.gatehouse.did('GET', this.old.path);
    await this.gatehouse.database.app.transaction(async (transaction) => {
      await transaction.query(`SELECT set_config('gatehouse.tenant', $1, true)`, [text(tenant['id'])]);
      const [, touched]: [unknown, number] = await transaction.query(sql, values);
      if (touched !== 1) throw new Error(`${touched} rows: ${sql}`);
    });
  }

  /** People have no tenant; only the owner of the tables may change them. */
  async changeEmail(before: string, after: string): Promise<void> {
    const owner = await describeDatabase({ url: this.gatehouse.database.ownerUrl }).initialize();
    try {
      const sql = 'UPDATE users SET email = $2, email_key = $2 WHERE email_key = $1';
      await owner.query(sql, [before, after]);
    } finally {
      await owner.destroy();
    }
  }
}
