import type { ConnectionId, MetadataState, TenantId } from '@gatehouse/core';
import { EntitySchema } from 'typeorm';
import { integer, json, key, named, optional, tenantColumn, time } from '../column';

export interface ConnectionUpkeep {
  readonly connectionId: ConnectionId;
  readonly tenantId: TenantId;
  readonly certificatesDueAt: Date;
  readonly metadataDueAt: Date;
  readonly metadata?: Omit<MetadataState, 'dueAt'>;
}

function ofConnection(name: string) {
  const columns = { columnNames: ['connectionId'], referencedColumnNames: ['id'] };
  return { name, target: 'Connection', ...columns, onDelete: 'CASCADE' as const };
}

export const connectionUpkeepEntity = new EntitySchema<ConnectionUpkeep>({
  name: 'ConnectionUpkeep',
  tableName: 'connection_upkeep',
  columns: {
    connectionId: named('connection_id', key),
    tenantId: tenantColumn,
    certificatesDueAt: named('certificates_due_at', time),
    metadataDueAt: named('metadata_due_at', time),
    metadata: optional(json),
  },
  indices: [
    { name: 'connection_upkeep_certificates_due', columns: ['certificatesDueAt'] },
    { name: 'connection_upkeep_metadata_due', columns: ['metadataDueAt'] },
  ],
  foreignKeys: [ofConnection('connection_upkeep_connection_fk')],
});

export interface SentNotice {
  readonly connectionId: ConnectionId;
  readonly fingerprint: string;
  readonly urgency: number;
  readonly tenantId: TenantId;
  readonly toldAt: Date;
}

export const certificateNoticeEntity = new EntitySchema<SentNotice>({
  name: 'CertificateNotice',
  tableName: 'certificate_notices',
  columns: {
    connectionId: named('connection_id', key),
    fingerprint: key,
    urgency: { ...integer, primary: true },
    tenantId: tenantColumn,
    toldAt: named('told_at', time),
  },
  foreignKeys: [ofConnection('certificate_notices_connection_fk')],
});
