import { directoryId, type Directory, type TenantId } from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { PostgresDirectoryStore } from '../directory/directory.store';
import { because, chance, now } from './given';

export async function aDirectoryOf(
  database: DataSource,
  tenantId: TenantId,
  given: Partial<Directory> = {},
): Promise<Directory> {
  const id = directoryId.create(now, chance);
  const usual = { name: 'Okta', defaultRole: 'member', pairing: { by: 'email' } } as const;
  const directory: Directory = { id, tenantId, ...usual, createdAt: now, ...given };
  await new PostgresDirectoryStore(database, chance).add(
    tenantId,
    directory,
    100,
    because(tenantId, 'directory.created'),
  );
  return directory;
}
