import {
  ResourceStore,
  type Change,
  type Content,
  type ResourceList,
  type ResourceQuery,
  type ResourceType,
  type StoredResource,
} from '@gatehouse/scim';
import type { TenantTransaction } from '../../transaction';
import { findResource, type Wants } from './find-resource';
import { listResources } from './list-resources';
import { absent } from './person-row';
import type { ResourcePorts, ResourceScope, ResourceWrite } from './resource-scope';
import type { ResourceTable } from './resource-table';
import { writeResource, type Written } from './write-resource';

interface Wanted {
  readonly id: string;
  readonly wanted: number | undefined;
}

/** What is particular to one type of resource: its table, its IDs, and how it is written in a transaction. */
export interface ResourceKind {
  readonly name: ResourceType['name'];
  readonly table: ResourceTable;
  readonly isId: (id: string) => boolean;
  readonly create: (
    transaction: TenantTransaction,
    write: ResourceWrite,
    content: Content,
  ) => Promise<Written<StoredResource>>;
  readonly change: (
    transaction: TenantTransaction,
    write: ResourceWrite,
    wanted: Wanted & { readonly change: Change },
  ) => Promise<Written<StoredResource | undefined>>;
  readonly remove: (
    transaction: TenantTransaction,
    write: ResourceWrite,
    wanted: Wanted,
  ) => Promise<Written<undefined>>;
}

/** The resources of one type in one directory, each write in one transaction with what follows from it. */
export abstract class DirectoryResources extends ResourceStore {
  protected abstract readonly kind: ResourceKind;

  constructor(
    private readonly ports: ResourcePorts,
    private readonly scope: ResourceScope,
  ) {
    super();
  }

  create(content: Content): Promise<StoredResource> {
    return writeResource(this.ports, this.scope, (transaction, at) =>
      this.kind.create(transaction, { ...this.ports, ...this.scope, at }, content),
    );
  }

  async find(id: string, wants: Wants): Promise<StoredResource | undefined> {
    if (!this.kind.isId(id)) return undefined;
    return findResource(this.ports.database, this.kind.table, this.scope, id, wants);
  }

  list(query: ResourceQuery): Promise<ResourceList> {
    return listResources(this.ports.database, this.kind.table, this.scope, query);
  }

  async change(id: string, change: Change, wanted?: number): Promise<StoredResource | undefined> {
    if (!this.kind.isId(id)) throw absent(this.kind.name, id);
    return writeResource(this.ports, this.scope, (transaction, at) =>
      this.kind.change(transaction, { ...this.ports, ...this.scope, at }, { id, change, wanted }),
    );
  }

  async remove(id: string, wanted?: number): Promise<void> {
    if (!this.kind.isId(id)) throw absent(this.kind.name, id);
    return writeResource(this.ports, this.scope, (transaction, at) =>
      this.kind.remove(transaction, { ...this.ports, ...this.scope, at }, { id, wanted }),
    );
  }
}
