import { Directories, directoryId, ProvisionedPeople, Tenants, type DirectoryId } from '@gatehouse/core';
import { Get, Param, Query } from '@nestjs/common';
import { Answer, ApiController, Query31 } from '../http/api';
import { Needs } from '../http/needs';
import { slice, toPage } from '../http/pages';
import { idPipe, parse } from '../http/parse';
import { peopleList, peopleQuery } from './directories.dto';
import { presentPerson } from './present-directory';

const DirectoryIdPipe = idPipe(directoryId);

/** Whom a directory has sent, and what they are here: members, or why not (LNK-8). */
@ApiController('tenants/:tenant/directories/:directory/people', 'Directories')
export class ProvisionedPeopleController {
  constructor(
    private readonly tenants: Tenants,
    private readonly directories: Directories,
    private readonly people: ProvisionedPeople,
  ) {}

  @Get()
  @Needs('directories:read')
  @Query31(peopleQuery)
  @Answer(200, 'Oldest first; who is quarantined, with the reason and what to do about it.', peopleList)
  async list(
    @Param('tenant') name: string,
    @Param('directory', DirectoryIdPipe) id: DirectoryId,
    @Query() query: unknown,
  ) {
    const tenant = await this.tenants.get(name);
    const wanted = parse(peopleQuery, query);
    await this.directories.get(tenant.id, id);
    const search = { standing: wanted.standing, quarantinedFor: wanted.reason };
    const page = toPage(wanted);
    return slice((await this.people.list(tenant.id, id, search, page)).map(presentPerson), page.limit);
  }
}
