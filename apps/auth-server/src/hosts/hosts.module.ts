import { Global, Module } from '@nestjs/common';
import { AddressedConnections } from './addressed-connections';
import { TenantHosts } from './tenant-hosts';

/** Hosts of tenants' own, and whose connections answer there. */
@Global()
@Module({ providers: [TenantHosts, AddressedConnections], exports: [TenantHosts, AddressedConnections] })
export class HostsModule {}
