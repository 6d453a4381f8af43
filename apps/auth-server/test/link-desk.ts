import {
  connectionId,
  LinkRequests,
  LinkStore,
  memberId,
  tenantId,
  type ConnectionId,
} from '@gatehouse/core';
import type { HttpBrowser, Page } from '@gatehouse/tools/http-browser';
import type { Person, ResponseChanges } from '@gatehouse/tools/saml-idp';
import { asArray, asRecord, text, type Gatehouse } from './gatehouse';
import type { Organisation } from './organisation';
import { PostOffice } from './post-office';

/** Members of one organisation who have accounts, and the ways in which they are joined to identities. */
export class LinkDesk {
  readonly post: PostOffice;

  constructor(
    readonly gatehouse: Gatehouse,
    readonly organisation: Organisation,
  ) {
    this.post = new PostOffice(gatehouse);
  }

  get connection(): ConnectionId {
    return connectionId.parse(this.organisation.connection);
  }

  async join(email: string, role = 'member'): Promise<string> {
    const added = await this.gatehouse.did('POST', `${this.organisation.path}/members`, { email, role });
    return text(added['id']);
  }

  /** Has the member asked by mail, and answers with the link of that mail. */
  async ask(email: string): Promise<string> {
    const { id: tenant } = await this.gatehouse.did('GET', this.organisation.path);
    const member = memberId.parse(asRecord(await this.memberOf(email))['id']);
    await this.gatehouse.app.get(LinkRequests).ask(tenantId.parse(tenant), member, this.connection);
    return this.post.linkTo(email);
  }

  async memberOf(email: string): Promise<Readonly<Record<string, unknown>> | undefined> {
    const { items } = await this.gatehouse.did('GET', `${this.organisation.path}/members?limit=200`);
    return asArray(items)
      .map(asRecord)
      .find((each) => each['email'] === email);
  }

  /** Opens the link of a mail and goes on to the identity provider, which answers with this person. */
  async follow(
    browser: HttpBrowser,
    link: string,
    who: Person,
    changes: ResponseChanges = {},
  ): Promise<Page> {
    await browser.get(link);
    return this.answer(browser, await browser.press('Continue and sign in'), who, changes);
  }

  /** What the identity provider posts from the page where it was asked. */
  answer(browser: HttpBrowser, page: Page, who: Person, changes: ResponseChanges = {}): Promise<Page> {
    const question = this.organisation.idp.readRedirect(text(page.location));
    return this.organisation.answer({ browser, question }, who, changes);
  }

  /** The code in the newest mail to this address. */
  async codeTo(address: string): Promise<string> {
    const newest = (await this.post.to(address)).at(-1);
    const code = /\b\d{4} \d{4}\b/.exec(newest?.text ?? '')?.[0];
    if (code !== undefined) return code;
    throw new Error(`The newest mail to ${address} has no code.`);
  }

  /** The address of whoever this subject is linked to at the organisation's identity provider. */
  async linkedTo(subject: string): Promise<string | undefined> {
    const { id } = await this.gatehouse.did('GET', this.organisation.path);
    const identity = { issuer: this.organisation.idp.entityId, subject };
    const links = this.gatehouse.app.get(LinkStore);
    return (await links.findPerson(tenantId.parse(id), this.connection, identity))?.user.email;
  }

  /** What only time does, done to the tenant's own rows. */
  async change(sql: string, values: unknown[]): Promise<void> {
    const { id } = await this.gatehouse.did('GET', this.organisation.path);
    await this.gatehouse.database.app.transaction(async (transaction) => {
      await transaction.query(`SELECT set_config('gatehouse.tenant', $1, true)`, [text(id)]);
      await transaction.query(sql, values);
    });
  }

  /** What became of the newest answer of the identity provider. */
  async newestTrace(): Promise<Readonly<Record<string, unknown>>> {
    const { items } = await this.gatehouse.did('GET', `${this.organisation.path}/sign-ins?limit=1`);
    const { id } = asRecord(asArray(items)[0]);
    return this.gatehouse.did('GET', `${this.organisation.path}/sign-ins/${text(id)}`);
  }
}
