import { directoryGroupId } from '@gatehouse/core';
import { changeGroup } from './change-group';
import { createGroup } from './create-group';
import { deleteGroup } from './delete-group';
import { DirectoryResources, type ResourceKind } from './directory-resources';
import { groupTable } from './resource-table';

/** The groups of one directory as SCIM resources: who comes into one or leaves it has the role that follows, at once. */
export class PostgresGroupResources extends DirectoryResources {
  protected readonly kind: ResourceKind = {
    name: 'Group',
    table: groupTable,
    isId: directoryGroupId.is,
    create: createGroup,
    change: changeGroup,
    remove: deleteGroup,
  };
}
