import {
  Certificates,
  CertificateUses,
  Chance,
  Clock,
  ConnectionStore,
  ConnectionVersionStore,
  KeyRing,
  MetadataSource,
  MetadataStore,
  OutboundFetch,
  RefreshMetadata,
  TenantStore,
} from '@gatehouse/core';
import { PostgresCertificateUses, PostgresMetadataStore } from '@gatehouse/core-postgres';
import { PublishedMetadata } from '@gatehouse/saml';
import type { FactoryProvider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { provide } from './http/provide';

/** The certificates of identity providers, and the metadata that new ones come from. */
export const certificateServices: FactoryProvider[] = [
  {
    provide: CertificateUses,
    inject: [DataSource],
    useFactory: (database: DataSource) => new PostgresCertificateUses(database),
  },
  {
    provide: MetadataStore,
    inject: [DataSource, Chance, KeyRing],
    useFactory: (database: DataSource, chance: Chance, keyRing: KeyRing) =>
      new PostgresMetadataStore(database, chance, keyRing),
  },
  {
    provide: MetadataSource,
    inject: [OutboundFetch, Clock],
    useFactory: (outbound: OutboundFetch, clock: Clock) => new PublishedMetadata(outbound, clock),
  },
  provide(Certificates, ConnectionStore, ConnectionVersionStore, CertificateUses, Clock),
  provide(
    RefreshMetadata,
    ...([MetadataStore, ConnectionStore, ConnectionVersionStore] as const),
    ...([TenantStore, MetadataSource, Clock, Chance] as const),
  ),
];
