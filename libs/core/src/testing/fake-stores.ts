import type { Connection } from '../connections/connection';
import { ConnectionStore } from '../connections/connection-store';
import type { Domain } from '../domains/domain';
import { DomainStore } from '../domains/domain-store';
import type { ConnectionId, DomainId, TenantId } from '../shared/ids';

/** Who has verified which name, or how the store misbehaves. */
type VerifiedDomains = Readonly<Record<string, TenantId>> | Error | 'never';

function unused(): never {
  throw new Error('This fake answers only what its tests ask.');
}

/** Answers who verified a name; everything else is refused. */
export class FakeDomainStore extends DomainStore {
  constructor(private readonly verified: VerifiedDomains) {
    super();
  }

  async verifiedAnywhere(name: string): Promise<TenantId | undefined> {
    if (this.verified instanceof Error) throw this.verified;
    if (this.verified === 'never') return new Promise(() => undefined);
    return this.verified[name];
  }

  async isVerified(tenantId: TenantId, name: string): Promise<boolean> {
    return (await this.verifiedAnywhere(name)) === tenantId;
  }

  add = unused;
  markVerified = unused;
  noteCheck = unused;
  renewToken = unused;
  facts = unused;
  remove = unused;

  find(_tenantId: TenantId, _id: DomainId): Promise<Domain | undefined> {
    return unused();
  }

  list(_tenantId: TenantId): Promise<Domain[]> {
    return unused();
  }
}

/** Holds connections in memory, to be read. */
export class FakeConnectionStore extends ConnectionStore {
  constructor(private readonly connections: readonly Connection[]) {
    super();
  }

  async primary(tenantId: TenantId): Promise<Connection | undefined> {
    return this.connections.find((each) => each.tenantId === tenantId && each.enabledAt !== undefined);
  }

  async findAnywhere(id: ConnectionId): Promise<Connection | undefined> {
    return this.connections.find((each) => each.id === id);
  }

  async find(tenantId: TenantId, id: ConnectionId): Promise<Connection | undefined> {
    return this.connections.find((each) => each.tenantId === tenantId && each.id === id);
  }

  async list(tenantId: TenantId): Promise<Connection[]> {
    return this.connections.filter((each) => each.tenantId === tenantId);
  }

  add = unused;
  save = unused;
  switch = unused;
  makePrimary = unused;
}
