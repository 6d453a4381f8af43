import { CheckCertificates } from '@gatehouse/core';
import {
  PostgresCertificateNoticeStore,
  PostgresCertificateUses,
  PostgresConnectionStore,
  PostgresTenantStore,
} from '@gatehouse/core-postgres';
import type { Parts } from './parts';

export function checkCertificates({ database, clock, chance, keyRing, log }: Parts): () => Promise<void> {
  const check = new CheckCertificates(
    new PostgresCertificateNoticeStore(database, chance, keyRing),
    new PostgresConnectionStore(database, chance),
    new PostgresTenantStore(database, chance),
    new PostgresCertificateUses(database),
    clock,
    (due, error) => log.error({ ...due, err: error }, 'the certificates of a connection were not checked'),
  );
  return async () => {
    const checked = await check.run();
    if (checked > 0) log.info({ checked }, 'looked at the certificates of connections');
  };
}
