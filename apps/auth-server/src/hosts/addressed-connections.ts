import { connectionId, ConnectionStore, type Connection } from '@gatehouse/core';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { TenantHosts } from './tenant-hosts';

/** Finds the connection that an address names: host and ID, as its identity provider was told both. */
@Injectable()
export class AddressedConnections {
  constructor(
    private readonly connections: ConnectionStore,
    private readonly hosts: TenantHosts,
  ) {}

  /** Nothing for an address that was cut short or mistyped, too: whoever comes can only be told where to look. */
  async find(id: unknown, request: FastifyRequest): Promise<Connection | undefined> {
    const connection = connectionId.is(id) ? await this.connections.findAnywhere(id) : undefined;
    return connection && (await this.hosts.serves(request, connection)) ? connection : undefined;
  }
}
