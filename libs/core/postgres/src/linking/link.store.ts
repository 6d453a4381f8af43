import {
  LinkStore,
  SsoError,
  type AdmitInvitedOutcome,
  type AdmitOutcome,
  type Chance,
  type ConnectionId,
  type Happening,
  type Invitation,
  type Link,
  type NewPerson,
  type Person,
  type Tenant,
  type TenantId,
  type UserId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { columnsOf } from '../column';
import { personColumns, readPerson } from '../members/member.row';
import { isDeprovisioned } from '../directory/provisioned-matches';
import { letInAgain, useUp } from '../invitations/write-invitation';
import { insertMember, insertUser, userByEmail } from '../members/write-person';
import { noteAll } from '../note-all';
import { readTenant } from '../tenants/tenant.row';
import { inTenant, rowsInTenant, type TenantTransaction } from '../transaction';
import { linkEntity } from './link.entity';
import { readLink } from './link.row';
import { insertLink } from './write-link';

const tenantAndPerson = `SELECT to_jsonb(t) AS tenant, linked.member, linked.person FROM tenants t
  LEFT JOIN (
    SELECT m.tenant_id, ${personColumns} FROM links l
    JOIN members m ON m.tenant_id = l.tenant_id AND m.user_id = l.user_id
    JOIN users u ON u.id = l.user_id
    WHERE l.tenant_id = $1 AND l.connection_id = $2 AND l.issuer = $3 AND l.subject = $4
  ) linked ON linked.tenant_id = t.id
  WHERE t.id = $1`;

export class PostgresLinkStore extends LinkStore {
  constructor(
    private readonly database: DataSource,
    private readonly chance: Chance,
  ) {
    super();
  }

  async findLinked(
    tenantId: TenantId,
    connectionId: ConnectionId,
    { issuer, subject }: { readonly issuer: string; readonly subject: string },
  ): Promise<{ readonly tenant: Tenant; readonly person?: Person }> {
    const values = [tenantId, connectionId, issuer, subject];
    const [row] = await rowsInTenant(this.database, tenantId, tenantAndPerson, values);
    if (!row) throw new Error(`There is no tenant ${tenantId}.`);
    const tenant = readTenant(row.object('tenant'));
    return row.optionalObject('member') ? { tenant, person: readPerson(row) } : { tenant };
  }

  async findPerson(
    tenantId: TenantId,
    connectionId: ConnectionId,
    identity: { readonly issuer: string; readonly subject: string },
  ): Promise<Person | undefined> {
    const rows = await rowsInTenant(
      this.database,
      tenantId,
      `SELECT ${personColumns} FROM links l
       JOIN members m ON m.tenant_id = l.tenant_id AND m.user_id = l.user_id
       JOIN users u ON u.id = l.user_id
       WHERE l.tenant_id = $1 AND l.connection_id = $2 AND l.issuer = $3 AND l.subject = $4`,
      [tenantId, connectionId, identity.issuer, identity.subject],
    );
    return rows.map(readPerson)[0];
  }

  async ofUser(tenantId: TenantId, userId: UserId): Promise<readonly Link[]> {
    const rows = await rowsInTenant(
      this.database,
      tenantId,
      `SELECT ${columnsOf(linkEntity)} FROM links WHERE tenant_id = $1 AND user_id = $2 ORDER BY id`,
      [tenantId, userId],
    );
    return rows.map(readLink);
  }

  add(tenantId: TenantId, link: Link, because: Happening): Promise<'added' | 'taken'> {
    return inTenant(this.database, tenantId, async (transaction) => {
      if (!(await insertLink(transaction, link))) return 'taken';
      await transaction.note(because, this.chance);
      return 'added';
    });
  }

  admitInvited(
    tenantId: TenantId,
    { id, openedAt }: Pick<Invitation, 'id' | 'openedAt'>,
    person: NewPerson,
    link: Link,
    because: readonly Happening[],
  ): Promise<AdmitInvitedOutcome> {
    return inTenant<AdmitInvitedOutcome>(
      this.database,
      tenantId,
      async (transaction) => {
        const used = await useUp(transaction, id, person.member.createdAt);
        // Renewed meanwhile, it was opened by nobody: what was decided of it holds no more.
        if (used?.opened !== (openedAt !== undefined)) return { kind: 'gone' };
        const isNew = await insertUser(transaction, person.user);
        if (!isNew && !used.opened) return { kind: 'user-exists' };
        const user = await userByEmail(transaction, person.user.email);
        const member = { ...person.member, userId: user.id };
        await letInAgain(transaction, user);
        if (!(await insertMember(transaction, member))) return { kind: 'gone' };
        await this.#link(transaction, { ...link, userId: user.id });
        await noteAll(transaction, because, this.chance);
        return { kind: 'admitted', person: { user, member } };
      },
      ({ kind }) => kind === 'admitted',
    );
  }

  admit(
    tenantId: TenantId,
    { user, member }: NewPerson,
    link: Link,
    because: Happening,
  ): Promise<AdmitOutcome> {
    return inTenant<AdmitOutcome>(this.database, tenantId, async (transaction) => {
      if (await isDeprovisioned(transaction, user.email)) return { kind: 'user-exists' };
      if (!(await insertUser(transaction, user))) return { kind: 'user-exists' };
      await insertMember(transaction, member);
      await this.#link(transaction, link);
      await transaction.note(because, this.chance);
      return { kind: 'admitted', person: { user, member } };
    });
  }

  async #link(transaction: TenantTransaction, link: Link): Promise<void> {
    if (await insertLink(transaction, link)) return;
    const message = 'This identity was linked to somebody else in the meantime. Sign in again.';
    throw new SsoError('conflict', message);
  }
}
