import { ConnectionStore, isSsoInEffect, Protocols, type Connection, type Tenant } from '@gatehouse/core';
import { Injectable } from '@nestjs/common';

/** The connections of a tenant that somebody could sign in by right now. */
@Injectable()
export class SsoChoices {
  constructor(
    private readonly connections: ConnectionStore,
    private readonly protocols: Protocols,
  ) {}

  /** The one that serves the login page comes first. */
  async of(tenant: Tenant): Promise<Connection[]> {
    if (!isSsoInEffect(tenant)) return [];
    const [all, primary] = await Promise.all([
      this.connections.list(tenant.id),
      this.connections.primary(tenant.id),
    ]);
    const open = all.filter(({ enabledAt, protocol }) => enabledAt && this.protocols.isOpen(protocol));
    return [...open.filter(({ id }) => id === primary?.id), ...open.filter(({ id }) => id !== primary?.id)];
  }
}
