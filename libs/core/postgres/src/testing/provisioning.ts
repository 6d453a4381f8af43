import {
  directoryPersonId,
  emailKey,
  KeyRing,
  type Directory,
  type DirectoryPersonId,
  type Happening,
  type ProvisionedPerson,
  type ProvisionedProfile,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { provisionedColumns, readProvisionedPerson } from '../directory/provisioned-person.row';
import { settlePerson } from '../directory/settle-person';
import { noteAll } from '../note-all';
import { inTenant, rowsInTenant, type TenantTransaction } from '../transaction';
import { chance, now } from './given';

type Said = Partial<ProvisionedProfile> & { readonly userName: string };

/** A directory that says what it has to say of its people, one write at a time. */
export class Provisioning {
  at = now;

  constructor(
    private readonly database: DataSource,
    readonly directory: Directory,
    readonly keyRing = new KeyRing([{ name: 'k', key: chance.bytes(32) }], chance),
  ) {}

  /** Somebody new; the user name is the address where it is one, and nothing else is said. */
  create(said: Said): Promise<DirectoryPersonId> {
    const id = directoryPersonId.create(this.at, chance);
    return this.#write(id, async (transaction) => {
      const address = said.userName.includes('@') ? { email: said.userName } : {};
      const after: ProvisionedProfile = { active: true, ...address, ...said };
      await this.#insert(transaction, id, after);
      return { after, deleted: false };
    });
  }

  /** Says something else of somebody, who comes back where deleted. */
  say(id: DirectoryPersonId, said: Partial<ProvisionedProfile>): Promise<DirectoryPersonId> {
    return this.#write(id, async (transaction) => {
      const before = await this.#read(transaction, id);
      const { userName, active, email, name } = before;
      const after: ProvisionedProfile = {
        userName,
        active,
        ...(email !== undefined && { email }),
        ...(name !== undefined && { name }),
        ...said,
      };
      await this.#update(transaction, id, after, null);
      return { before, after, deleted: false };
    });
  }

  delete(id: DirectoryPersonId): Promise<DirectoryPersonId> {
    return this.#write(id, async (transaction) => {
      const before = await this.#read(transaction, id);
      await this.#update(transaction, id, before, this.at);
      return { before, after: before, deleted: true };
    });
  }

  async find(id: DirectoryPersonId): Promise<ProvisionedPerson> {
    return inTenant(this.database, this.directory.tenantId, (transaction) => this.#read(transaction, id));
  }

  /** What happened to the tenant in this write, and what came with it, by type. */
  async happened(type: Happening['type']): Promise<readonly unknown[]> {
    const sql = `SELECT payload FROM outbox WHERE tenant_id = $1 AND type = $2 ORDER BY id`;
    const rows = await rowsInTenant(this.database, this.directory.tenantId, sql, [
      this.directory.tenantId,
      type,
    ]);
    return rows.map((row) => row.json('payload'));
  }

  async #write(
    id: DirectoryPersonId,
    row: (
      transaction: TenantTransaction,
    ) => Promise<{ before?: ProvisionedPerson; after: ProvisionedProfile; deleted: boolean }>,
  ): Promise<DirectoryPersonId> {
    const { directory, at, keyRing } = this;
    const actor = { kind: 'directory', id: directory.id } as const;
    await inTenant(this.database, directory.tenantId, async (transaction) => {
      const change = { directory, id, ...(await row(transaction)), at, actor, chance, keyRing };
      await noteAll(transaction, await settlePerson(transaction, change), chance);
    });
    return id;
  }

  async #read(transaction: TenantTransaction, id: DirectoryPersonId): Promise<ProvisionedPerson> {
    const sql = `SELECT ${provisionedColumns} FROM directory_people p WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE`;
    const row = await transaction.row(sql, [this.directory.tenantId, id]);
    if (!row) throw new Error(`There is no person ${id}.`);
    return readProvisionedPerson(row);
  }

  async #insert(
    transaction: TenantTransaction,
    id: DirectoryPersonId,
    after: ProvisionedProfile,
  ): Promise<void> {
    const { userName, externalId, active, email, name } = after;
    await transaction.rows(
      `INSERT INTO directory_people (id, tenant_id, directory_id, user_name, user_name_key, external_id, active, email,
         email_key, name, document, version, created_at, updated_at, standing, brought)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '{}', 1, $11, $11, $12, $13)`,
      [
        ...[
          id,
          this.directory.tenantId,
          this.directory.id,
          userName,
          userName.toLowerCase(),
          externalId ?? null,
        ],
        ...[active, email ?? null, email === undefined ? null : emailKey(email), name ?? null, this.at],
        ...['deactivated', false],
      ],
    );
  }

  async #update(
    transaction: TenantTransaction,
    id: DirectoryPersonId,
    { userName, active, email, name }: ProvisionedProfile,
    deletedAt: Date | null,
  ): Promise<void> {
    await transaction.rows(
      `UPDATE directory_people SET user_name = $3, user_name_key = lower($3), active = $4, email = $5,
         email_key = lower($5), name = $6, deleted_at = $7, version = version + 1
       WHERE tenant_id = $1 AND id = $2`,
      [this.directory.tenantId, id, userName, active, email ?? null, name ?? null, deletedAt],
    );
  }
}
