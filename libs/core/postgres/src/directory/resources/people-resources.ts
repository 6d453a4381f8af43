import { directoryPersonId } from '@gatehouse/core';
import {
  ResourceStore,
  type Change,
  type Content,
  type ResourceList,
  type ResourceQuery,
  type StoredResource,
} from '@gatehouse/scim';
import type { ResourcePorts, ResourceScope } from './resource-scope';
import { changePerson } from './change-person';
import { createPerson } from './create-person';
import { deletePerson } from './delete-person';
import { findResource, type Wants } from './find-resource';
import { listResources } from './list-resources';
import { absent } from './person-row';
import { peopleTable } from './resource-table';
import { writeResource } from './write-resource';

/** The people of one directory as SCIM resources: what is written here is settled for the tenant in the same transaction. */
export class PostgresPeopleResources extends ResourceStore {
  constructor(
    private readonly ports: ResourcePorts,
    private readonly scope: ResourceScope,
  ) {
    super();
  }

  create(content: Content): Promise<StoredResource> {
    return writeResource(this.ports, this.scope, (transaction, at) =>
      createPerson(transaction, { ...this.ports, ...this.scope, at }, content),
    );
  }

  async find(id: string, wants: Wants): Promise<StoredResource | undefined> {
    if (!directoryPersonId.is(id)) return undefined;
    return findResource(this.ports.database, peopleTable, this.scope, id, wants);
  }

  list(query: ResourceQuery): Promise<ResourceList> {
    return listResources(this.ports.database, peopleTable, this.scope, query);
  }

  async change(id: string, change: Change, wanted?: number): Promise<StoredResource> {
    if (!directoryPersonId.is(id)) throw absent('User', id);
    return writeResource(this.ports, this.scope, (transaction, at) =>
      changePerson(transaction, { ...this.ports, ...this.scope, at }, { id, change, wanted }),
    );
  }

  async remove(id: string, wanted?: number): Promise<void> {
    if (!directoryPersonId.is(id)) throw absent('User', id);
    return writeResource(this.ports, this.scope, (transaction, at) =>
      deletePerson(transaction, { ...this.ports, ...this.scope, at }, { id, wanted }),
    );
  }
}
