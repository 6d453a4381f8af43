import {
  emailKey,
  MemberStore,
  type AddOutcome,
  type Chance,
  type Happening,
  type MemberId,
  type NewPerson,
  type NotChanged,
  type Page,
  type Person,
  type RemoveMemberOutcome,
  type Role,
  type SeenMember,
  type SessionId,
  type TenantId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { letBackIn, lockPersonOf, loseMember } from '../directory/person-of-member';
import { noteAll } from '../note-all';
import { announceEnded } from '../sessions/announce-ended';
import { inTenant, rowsOf, type TenantTransaction } from '../transaction';
import { lockSeen, writeRole, writeSuspension } from './change-member';
import { personColumns, readPerson } from './member.row';
import { endSessionsOf, removeMember } from './remove-member';
import { wasRemoved } from './was-removed';
import { insertMember, insertUser, userByEmail } from './write-person';

const people = `SELECT ${personColumns} FROM members m JOIN users u ON u.id = m.user_id WHERE m.tenant_id = $1`;

export class PostgresMemberStore extends MemberStore {
  constructor(
    private readonly database: DataSource,
    private readonly chance: Chance,
  ) {
    super();
  }

  add(tenantId: TenantId, person: NewPerson, because: Happening): Promise<AddOutcome> {
    return inTenant<AddOutcome>(
      this.database,
      tenantId,
      async (transaction) => {
        await insertUser(transaction, person.user);
        const user = await userByEmail(transaction, person.user.email);
        const member = { ...person.member, userId: user.id };
        if (await wasRemoved(transaction, user)) return { kind: 'removed' };
        if (!(await insertMember(transaction, member))) return { kind: 'already-member' };
        await transaction.note(because, this.chance);
        return { kind: 'added', person: { user, member } };
      },
      (outcome) => outcome.kind === 'added',
    );
  }

  changeRole(
    tenantId: TenantId,
    seen: SeenMember,
    role: Role,
    because: Happening,
  ): Promise<'changed' | NotChanged> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const locked = await lockSeen(transaction, seen, role === 'owner' ? 'owner-stays' : 'owner-goes');
      if (typeof locked === 'string') return locked;
      await writeRole(transaction, locked, role);
      await transaction.note(because, this.chance);
      return 'changed';
    });
  }

  suspend(tenantId: TenantId, seen: SeenMember, because: Happening): Promise<'changed' | NotChanged> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const locked = await lockSeen(transaction, seen, 'owner-goes');
      if (typeof locked === 'string') return locked;
      await writeSuspension(transaction, locked, because.at);
      await this.#end(transaction, await endSessionsOf(transaction, locked, because.at), because);
      return 'changed';
    });
  }

  unsuspend(tenantId: TenantId, seen: SeenMember, because: Happening): Promise<'changed' | NotChanged> {
    return inTenant(this.database, tenantId, async (transaction) => {
      await lockPersonOf(transaction, seen.id);
      const locked = await lockSeen(transaction, seen, 'owner-stays');
      if (typeof locked === 'string') return locked;
      await writeSuspension(transaction, locked, null);
      const person = await lockPersonOf(transaction, seen.id);
      if (person) await letBackIn(transaction, person);
      await transaction.note(because, this.chance);
      return 'changed';
    });
  }

  remove(tenantId: TenantId, seen: SeenMember, because: Happening): Promise<RemoveMemberOutcome> {
    return inTenant<RemoveMemberOutcome>(this.database, tenantId, async (transaction) => {
      await lockPersonOf(transaction, seen.id);
      const locked = await lockSeen(transaction, seen, 'owner-goes');
      if (typeof locked === 'string') return { kind: locked };
      const ended = await removeMember(transaction, locked, because);
      await this.#end(transaction, ended, because);
      // Again: a directory may have come to provision the member until the tenant was locked.
      const person = await lockPersonOf(transaction, seen.id);
      if (person) await noteAll(transaction, await loseMember(transaction, person, because), this.chance);
      return { kind: 'removed', sessionsEnded: ended.length };
    });
  }

  find(tenantId: TenantId, id: MemberId): Promise<Person | undefined> {
    return this.#one(tenantId, 'm.id = $2', id);
  }

  findByEmail(tenantId: TenantId, email: string): Promise<Person | undefined> {
    return this.#one(tenantId, 'u.email_key = $2', emailKey(email));
  }

  list(tenantId: TenantId, { after, limit }: Page): Promise<Person[]> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const rows = await transaction.rows(`${people} AND m.id > $2 ORDER BY m.id LIMIT $3`, [
        tenantId,
        after ?? '',
        limit,
      ]);
      return rows.map(readPerson);
    });
  }

  async emailIsKnownAnywhere(email: string): Promise<boolean> {
    const rows = await rowsOf(this.database, 'SELECT email_is_known($1) AS known', [emailKey(email)]);
    return rows.some((row) => row.flag('known'));
  }

  /** What happened, with the sessions that ended by it. */
  async #end(transaction: TenantTransaction, ended: readonly SessionId[], because: Happening): Promise<void> {
    const data = { ...because.data, sessionsEnded: ended.length };
    await transaction.note({ ...because, data }, this.chance);
    await announceEnded(transaction, ended, because, { reason: because.type }, this.chance);
  }

  #one(tenantId: TenantId, condition: string, value: string): Promise<Person | undefined> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const row = await transaction.row(`${people} AND ${condition}`, [tenantId, value]);
      return row && readPerson(row);
    });
  }
}
