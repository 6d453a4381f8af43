import { Memberships, type Membership, type UserId } from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { readTenant } from '../tenants/tenant.row';
import { rowsOf } from '../transaction';
import { readMember } from './member.row';

export class PostgresMemberships extends Memberships {
  constructor(private readonly database: DataSource) {
    super();
  }

  async ofUserAnywhere(user: UserId): Promise<readonly Membership[]> {
    const rows = await rowsOf(this.database, 'SELECT tenant, member FROM memberships_anywhere($1)', [user]);
    return rows.map((row) => ({
      tenant: readTenant(row.object('tenant')),
      member: readMember(row.object('member')),
    }));
  }
}
