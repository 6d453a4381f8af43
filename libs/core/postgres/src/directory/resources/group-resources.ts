import { directoryGroupId } from '@gatehouse/core';
import {
  ResourceStore,
  type Change,
  type Content,
  type ResourceList,
  type ResourceQuery,
  type StoredResource,
} from '@gatehouse/scim';
import type { ResourcePorts, ResourceScope } from './resource-scope';
import { changeGroup } from './change-group';
import { createGroup } from './create-group';
import { deleteGroup } from './delete-group';
import { findResource, type Wants } from './find-resource';
import { listResources } from './list-resources';
import { absent } from './person-row';
import { groupTable } from './resource-table';
import { writeResource } from './write-resource';

/** The groups of one directory as SCIM resources: who comes into one or leaves it has the role that follows, at once. */
export class PostgresGroupResources extends ResourceStore {
  constructor(
    private readonly ports: ResourcePorts,
    private readonly scope: ResourceScope,
  ) {
    super();
  }

  create(content: Content): Promise<StoredResource> {
    return writeResource(this.ports, this.scope, (transaction, at) =>
      createGroup(transaction, { ...this.ports, ...this.scope, at }, content),
    );
  }

  async find(id: string, wants: Wants): Promise<StoredResource | undefined> {
    if (!directoryGroupId.is(id)) return undefined;
    return findResource(this.ports.database, groupTable, this.scope, id, wants);
  }

  list(query: ResourceQuery): Promise<ResourceList> {
    return listResources(this.ports.database, groupTable, this.scope, query);
  }

  async change(id: string, change: Change, wanted?: number): Promise<StoredResource | undefined> {
    if (!directoryGroupId.is(id)) throw absent('Group', id);
    return writeResource(this.ports, this.scope, (transaction, at) =>
      changeGroup(transaction, { ...this.ports, ...this.scope, at }, { id, change, wanted }),
    );
  }

  async remove(id: string, wanted?: number): Promise<void> {
    if (!directoryGroupId.is(id)) throw absent('Group', id);
    return writeResource(this.ports, this.scope, (transaction, at) =>
      deleteGroup(transaction, { ...this.ports, ...this.scope, at }, { id, wanted }),
    );
  }
}
