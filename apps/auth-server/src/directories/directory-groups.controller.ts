import { directoryId, RoleMappings, Tenants, type DirectoryId } from '@gatehouse/core';
import { Get, Param, Query } from '@nestjs/common';
import { Answer, ApiController, Query31 } from '../http/api';
import { Needs } from '../http/needs';
import { slice, toPage } from '../http/pages';
import { idPipe, parse } from '../http/parse';
import { groupList, groupQuery } from './role-mappings.dto';

const DirectoryIdPipe = idPipe(directoryId);

/** The groups that a directory has sent, for whoever maps one. */
@ApiController('tenants/:tenant/directories/:directory/groups', 'Directories')
export class DirectoryGroupsController {
  constructor(
    private readonly tenants: Tenants,
    private readonly mappings: RoleMappings,
  ) {}

  @Get()
  @Needs('directories:read')
  @Query31(groupQuery)
  @Answer(200, 'Oldest first, with how many people are in each.', groupList)
  async list(
    @Param('tenant') name: string,
    @Param('directory', DirectoryIdPipe) directory: DirectoryId,
    @Query() query: unknown,
  ) {
    const { q, ...wanted } = parse(groupQuery, query);
    const page = toPage(wanted);
    const tenant = await this.tenants.get(name);
    return slice(await this.mappings.groups(tenant.id, directory, page, q), page.limit);
  }
}
