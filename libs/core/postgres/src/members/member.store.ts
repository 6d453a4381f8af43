import {
  emailKey,
  MemberStore,
  type AddOutcome,
  type Chance,
  type Happening,
  type MemberId,
  type NewPerson,
  type Page,
  type Person,
  type Role,
  type TenantId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { inTenant, rowsOf } from '../transaction';
import { changeRole } from './change-role';
import { personColumns, readPerson } from './member.row';
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
        if (!(await insertMember(transaction, member))) return { kind: 'already-member' };
        await transaction.note(because, this.chance);
        return { kind: 'added', person: { user, member } };
      },
      (outcome) => outcome.kind === 'added',
    );
  }

  changeRole(
    tenantId: TenantId,
    id: MemberId,
    role: Role,
    because: Happening,
  ): Promise<'changed' | 'last-owner' | 'absent'> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const outcome = await changeRole(transaction, id, role);
      if (outcome === 'changed') await transaction.note(because, this.chance);
      return outcome;
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

  #one(tenantId: TenantId, condition: string, value: string): Promise<Person | undefined> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const row = await transaction.row(`${people} AND ${condition}`, [tenantId, value]);
      return row && readPerson(row);
    });
  }
}
