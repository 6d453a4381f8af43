import type { MemberId, TenantId } from '@gatehouse/core';
import { EntitySchema } from 'typeorm';
import { named, tenantColumn, text, time } from '../column';

/** When a member last proved password and second factor together. */
export interface BreakGlassProof {
  readonly memberId: MemberId;
  readonly tenantId: TenantId;
  readonly provenAt: Date;
}

export const breakGlassProofEntity = new EntitySchema<BreakGlassProof>({
  name: 'BreakGlassProof',
  tableName: 'break_glass_proofs',
  columns: {
    memberId: named('member_id', { ...text, primary: true }),
    tenantId: tenantColumn,
    provenAt: named('proven_at', time),
  },
  foreignKeys: [
    {
      name: 'break_glass_proofs_member_fk',
      target: 'Member',
      columnNames: ['memberId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
    {
      name: 'break_glass_proofs_tenant_fk',
      target: 'Tenant',
      columnNames: ['tenantId'],
      referencedColumnNames: ['id'],
    },
  ],
});
