import { createHmac } from 'node:crypto';
import type { SignInPolicy } from '@gatehouse/core';
import { HttpBrowser, type Page } from '@gatehouse/tools/http-browser';
import { text, type Gatehouse } from './gatehouse';
import { PostOffice } from './post-office';

export const password = 'a goose sings at the gate';

type Application = Awaited<ReturnType<Gatehouse['application']>>;

/** A sign-in that an application asked for, in a browser of its own. */
export interface Begun {
  readonly browser: HttpBrowser;
  readonly page: Page;
  readonly sealedState: string;
}

/** People who sign in by what Gatehouse itself keeps, to one application. */
export class LocalPeople {
  readonly post: PostOffice;

  constructor(
    readonly gatehouse: Gatehouse,
    readonly application: Application,
  ) {
    this.post = new PostOffice(gatehouse);
  }

  browser(headers: Readonly<Record<string, string>> = {}): HttpBrowser {
    return new HttpBrowser({ follow: (next) => next.startsWith(this.gatehouse.url), headers });
  }

  /** A member with a password, which the person has set by the link of a mail. */
  async join(tenant: string, email: string, role = 'member'): Promise<void> {
    await this.gatehouse.did('POST', `tenants/${tenant}/members`, { email, role });
    await this.setPassword(email);
  }

  async setPassword(email: string, wanted = password): Promise<Page> {
    const browser = this.browser();
    await browser.submit((await browser.get(`${this.gatehouse.url}/login/reset`)).form('email'), { email });
    const page = await browser.get(await this.post.linkTo(email));
    return browser.submit(page.form('password'), { password: wanted });
  }

  async begin(hints: { tenant?: string; loginHint?: string } = {}, browser = this.browser()): Promise<Begun> {
    const { sso, redirectUri } = this.application;
    const { url, sealedState } = await sso.signIn.start({ redirectUri, ...hints });
    return { browser, page: await browser.get(url), sealedState };
  }

  /** Types address and password on the pages that ask for them. */
  async typePassword({ browser, page }: Begun, email: string, typed = password): Promise<Page> {
    const asked = page.text.includes('action="/login/password"')
      ? page
      : await browser.submit(page.form('email'), { email, way: 'password' });
    return browser.submit(asked.form('password'), { email, password: typed });
  }

  /** What the application learns of whoever signed in. */
  async finish({ sealedState }: Begun, { location }: Page) {
    const { sso, redirectUri } = this.application;
    return sso.signIn.finish({ callbackUrl: text(location), sealedState, redirectUri });
  }

  /** As the tenant's owners could, once all that it takes is there. */
  async setPolicy(slug: string, change: Partial<SignInPolicy>): Promise<void> {
    const { id } = await this.gatehouse.did('GET', `tenants/${slug}`);
    await this.gatehouse.database.app.transaction(async (manager) => {
      await manager.query(`SELECT set_config('gatehouse.tenant', $1, true)`, [id]);
      await manager.query('UPDATE tenants SET policy = policy || $2::jsonb WHERE id = $1', [
        id,
        JSON.stringify(change),
      ]);
    });
  }
}

/** RFC 6238 4 with the parameters that every authenticator app knows; `steps` later than now. */
export function totpCode(secret: string, steps = 0): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const digest = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const offset = digest.readUInt8(19) & 0xf;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

function fromBase32(base32: string): Buffer {
  const bits = [...base32].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  const octets = bits.join('').match(/.{8}/g) ?? [];
  return Buffer.from(octets.map((octet) => Number.parseInt(octet, 2)));
}

/** The secret that the page offers to an authenticator app. */
export function secretOn({ text: markup }: Page): string {
  return /secret=([A-Z2-7]+)/.exec(markup)?.[1] ?? '';
}
