import {
  LinkRequestStore,
  tenantId as tenantIds,
  type AskableMember,
  type AskableQuery,
  type AskedConnection,
  type Chance,
  type ConnectionId,
  type FreshRequest,
  type Happening,
  type KeyRing,
  type LinkRequest,
  type LinkRequestId,
  type MailLanguage,
  type MemberId,
  type NewLink,
  type Task,
  type TenantId,
  type UseOutcome,
  type UserId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { columnsOf } from '../column';
import { readerLanguage } from '../mail/reader-language';
import { queueMails } from '../mail/queue-mails';
import { readPerson } from '../members/member.row';
import { queueTask } from '../tasks/queue-task';
import { inTenant, rowsInTenant, rowsOf } from '../transaction';
import { findingAskable, holdMembers, insertRequests, languageOfMember, revokeSpent } from './ask-members';
import { linkAccount } from './link-account';
import { linkRequestEntity } from './link-request.entity';
import { readLinkRequest } from './link-request.row';
import { useRequest } from './use-request';

const requests = `SELECT ${columnsOf(linkRequestEntity)} FROM link_requests WHERE tenant_id = $1`;

export class PostgresLinkRequestStore extends LinkRequestStore {
  constructor(
    private readonly database: DataSource,
    private readonly keyRing: KeyRing,
    private readonly chance: Chance,
  ) {
    super();
  }

  async askable(tenantId: TenantId, query: AskableQuery): Promise<AskableMember[]> {
    const { sql, values } = findingAskable(tenantId, query);
    const rows = await rowsInTenant(this.database, tenantId, sql, values);
    return rows.map((row) => ({ person: readPerson(row), ...readerLanguage(row) }));
  }

  ask(
    tenantId: TenantId,
    fresh: readonly FreshRequest[],
    connection: AskedConnection,
    because: Happening,
  ): Promise<number> {
    return inTenant(
      this.database,
      tenantId,
      async (transaction) => {
        await holdMembers(transaction, fresh);
        await revokeSpent(transaction, fresh, connection);
        const written = new Set((await insertRequests(transaction, fresh)).map((row) => row.text('id')));
        if (written.size === 0) return 0;
        const letters = fresh.filter(({ request }) => written.has(request.id)).map(({ mail }) => mail);
        await queueMails(transaction, letters, this.keyRing);
        await transaction.note({ ...because, data: { ...because.data, asked: written.size } }, this.chance);
        return written.size;
      },
      // Nothing is revoked for the sake of a request that was not written.
      (asked) => asked > 0,
    );
  }

  askLater(tenantId: TenantId, task: Task<'ask-members-to-link'>, because: Happening): Promise<void> {
    return inTenant(this.database, tenantId, async (transaction) => {
      await queueTask(transaction, task, this.keyRing);
      await transaction.note(because, this.chance);
    });
  }

  async isLinked(tenantId: TenantId, userId: UserId, connectionId: ConnectionId): Promise<boolean> {
    const sql = 'SELECT id FROM links WHERE tenant_id = $1 AND user_id = $2 AND connection_id = $3 LIMIT 1';
    const rows = await rowsInTenant(this.database, tenantId, sql, [tenantId, userId, connectionId]);
    return rows.length > 0;
  }

  async languageOf(tenantId: TenantId, id: MemberId): Promise<MailLanguage | undefined> {
    const rows = await rowsInTenant(this.database, tenantId, languageOfMember, [tenantId, id]);
    return rows.map(readerLanguage)[0]?.language;
  }

  async findByTokenAnywhere(tokenHash: string): Promise<LinkRequest | undefined> {
    const sql = 'SELECT link_request_by_token_anywhere($1) AS tenant_id';
    const [row] = await rowsOf(this.database, sql, [tokenHash]);
    if (row?.optionalText('tenant_id') === undefined) return undefined;
    return this.#one(row.id('tenant_id', tenantIds), 'AND token_hash = $2', tokenHash);
  }

  find(tenantId: TenantId, id: LinkRequestId): Promise<LinkRequest | undefined> {
    return this.#one(tenantId, 'AND id = $2', id);
  }

  findCurrent(tenantId: TenantId, id: MemberId): Promise<LinkRequest | undefined> {
    const ofMember = 'user_id = (SELECT user_id FROM members WHERE tenant_id = $1 AND id = $2)';
    return this.#one(tenantId, `AND ${ofMember} AND revoked_at IS NULL`, id);
  }

  async opened(tenantId: TenantId, id: LinkRequestId, now: Date): Promise<void> {
    await rowsInTenant(
      this.database,
      tenantId,
      `UPDATE link_requests SET opened_at = $3
       WHERE tenant_id = $1 AND id = $2 AND opened_at IS NULL AND used_at IS NULL AND revoked_at IS NULL AND expires_at > $3`,
      [tenantId, id, now],
    );
  }

  use(tenantId: TenantId, id: LinkRequestId, linking: NewLink): Promise<UseOutcome> {
    const { keyRing, chance } = this;
    return inTenant(
      this.database,
      tenantId,
      async (transaction) => {
        if (!(await useRequest(transaction, id, linking.link))) return 'gone';
        return linkAccount(transaction, linking, { keyRing, chance });
      },
      (outcome) => outcome === 'linked',
    );
  }

  async #one(tenantId: TenantId, condition: string, value: string): Promise<LinkRequest | undefined> {
    const sql = `${requests} ${condition}`;
    return (await rowsInTenant(this.database, tenantId, sql, [tenantId, value])).map(readLinkRequest)[0];
  }
}
