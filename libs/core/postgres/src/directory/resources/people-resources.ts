import { directoryPersonId } from '@gatehouse/core';
import { changePerson } from './change-person';
import { createPerson } from './create-person';
import { deletePerson } from './delete-person';
import { DirectoryResources, type ResourceKind } from './directory-resources';
import { peopleTable } from './resource-table';

/** The people of one directory as SCIM resources: what is written here is settled for the tenant in the same transaction. */
export class PostgresPeopleResources extends DirectoryResources {
  protected readonly kind: ResourceKind = {
    name: 'User',
    table: peopleTable,
    isId: directoryPersonId.is,
    create: createPerson,
    change: changePerson,
    remove: deletePerson,
  };
}
