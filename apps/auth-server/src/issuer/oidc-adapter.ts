import { isStorable } from '@gatehouse/core';
import type { OidcModelStore, OidcPayload } from '@gatehouse/core-postgres';
import { errors } from 'oidc-provider';
import { z } from 'zod';

const interaction = z.looseObject({ session: z.looseObject({}) });

/** What oidc-provider keeps, in PostgreSQL; one instance a kind. */
export class OidcAdapter {
  constructor(
    private readonly kind: string,
    private readonly store: OidcModelStore,
  ) {}

  async upsert(id: string, payload: OidcPayload, seconds?: number): Promise<void> {
    if (!isStorable(payload)) throw new errors.InvalidRequest('remove NUL characters from the parameters');
    await this.store.upsert(this.kind, id, withoutCookie(payload), seconds);
  }

  async find(id: string): Promise<OidcPayload | undefined> {
    const found = await this.store.find(this.kind, id);
    return this.kind === 'Grant' && found?.['consumed'] !== undefined ? undefined : found;
  }

  findByUid(uid: string): Promise<OidcPayload | undefined> {
    return this.store.findByUid(this.kind, uid);
  }

  findByUserCode(userCode: string): Promise<OidcPayload | undefined> {
    return this.store.findByUserCode(this.kind, userCode);
  }

  /** The loser of a race is a second use: RFC 6749 4.1.2 and RFC 9700 4.14.2 revoke what came of the first. */
  async consume(id: string): Promise<void> {
    try {
      await this.store.consume(this.kind, id);
    } catch (cause) {
      const after = await this.find(id);
      if (after && after['consumed'] === undefined) throw cause;
      await this.#revokeFamily(after?.['grantId']);
      throw new errors.InvalidGrant('used already');
    }
  }

  /** A grant that is taken back still says which application had tokens for a session: it is told when that ends. */
  destroy(id: string): Promise<void> {
    return this.kind === 'Grant' ? this.store.withdraw(this.kind, id) : this.store.destroy(this.kind, id);
  }

  revokeByGrantId(grantId: string): Promise<void> {
    return this.store.revokeByGrantId(grantId);
  }

  async #revokeFamily(grantId: unknown): Promise<void> {
    if (typeof grantId !== 'string') return;
    await this.store.revokeByGrantId(grantId);
    await this.store.withdraw('Grant', grantId);
  }
}

// An interaction remembers the session cookie, a bearer secret that nothing reads back.
function withoutCookie(payload: OidcPayload): OidcPayload {
  const parsed = interaction.safeParse(payload);
  return parsed.success ? { ...payload, session: { ...parsed.data.session, cookie: undefined } } : payload;
}
